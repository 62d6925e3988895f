"""`make evaluate`: how well Naast understands held-out messages, beside Rasa's default pipeline, on one page."""

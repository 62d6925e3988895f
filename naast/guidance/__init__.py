"""What Naast says: loads, checks and chooses the reviewed texts of `guidance/`. Knows neither Rasa nor channels."""

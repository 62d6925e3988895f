"""How fast Naast is, measured beside Rasa's default pipeline and a bare Rasa, all in one run on one machine."""

"""Rasa's door to the guidance: each action reads the turn, asks `naast.guidance` for a reply, returns it."""

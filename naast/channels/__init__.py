"""The doors: Rasa input channels, and the guard in front of them."""

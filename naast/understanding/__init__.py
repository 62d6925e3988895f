"""Rasa NLU components, one folder each: the wiring in `component.py`, pure functions and word lists beside it."""

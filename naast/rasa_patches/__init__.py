"""Changes to Rasa 3.6.21 itself, one file each, with the measurement that justifies it."""

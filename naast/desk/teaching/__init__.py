"""Conversations to learn from: stripped further, handed out, answered by a trainee before Naast is read."""

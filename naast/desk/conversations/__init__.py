"""Conversations as the desk knows them: a line per conversation, its words, and how one reads."""

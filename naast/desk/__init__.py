"""The trainers' desk: a web application of its own in which people review conversations and make Naast better.

It reads Rasa's `events` and writes tables of its own (`desk_*`) in the same database, so that whatever quotes a
conversation is erased with it, in one transaction. It runs apart from the Rasa server, and imports no channel.
"""

"""The picture of how it goes: each figure is a table that is also drawn, and taken along as CSV."""

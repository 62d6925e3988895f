"""The action server of the two projects that Naast is measured against."""

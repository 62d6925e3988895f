"""What is said to a reviewer whose page was overtaken by a colleague."""


class Overtaken(Exception):
    """Somebody changed this since the page was loaded. `by` is who, where it is known."""

    def __init__(self, by: str) -> None:
        super().__init__(by)
        self.by = by

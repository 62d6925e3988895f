"""What is said to a reviewer whose page was overtaken, by a colleague or by the parent."""


class Overtaken(Exception):
    """Somebody changed this since the page was loaded. `by` is who, where it is known."""

    def __init__(self, by: str) -> None:
        super().__init__(by)
        self.by = by


class WentOn(Overtaken):
    """Nobody of us: the parent or Naast said more since the page was loaded."""

    def __init__(self) -> None:
        super().__init__("")

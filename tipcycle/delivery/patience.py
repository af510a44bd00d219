"""How long is a receiver tried that says nothing? After three messages in a row the others wait for the next tick.

Each silence may last a whole time-out: without an end a dead server would hold a tick for hours, and one that hangs up
after every text would make every message of the day unknown.
"""

from __future__ import annotations

from dataclasses import dataclass

MOST_SILENCES = 3


@dataclass
class Patience:
    """Kept for one group of messages; whoever answers, even with a refusal, is not silent."""

    silences: int = 0

    @property
    def is_over(self) -> bool:
        """Whether the rest of the group is left alone."""
        return self.silences >= MOST_SILENCES

    def silent(self) -> None:
        """The receiver could not be reached, hung up, or did not answer in time."""
        self.silences += 1

    def heard(self) -> None:
        """The receiver said something."""
        self.silences = 0


NOT_TRIED = f"not tried: the receiver left {MOST_SILENCES} messages in a row without an answer"

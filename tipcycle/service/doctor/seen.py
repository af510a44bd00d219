"""What does a check see? That all is well, that something needs a look, or a fault; and how it is mended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["ok", "warning", "fault"]


@dataclass(frozen=True)
class Seen:
    """One line of the doctor; `remedy` is empty where nothing is to be done. A fault makes the exit code 1."""

    level: Level
    told: str
    remedy: str = ""


def ok(told: str) -> Seen:
    """As it should be."""
    return Seen("ok", told)


def warning(told: str, remedy: str) -> Seen:
    """It works, and somebody should look."""
    return Seen("warning", told, remedy)


def fault(told: str, remedy: str) -> Seen:
    """It does not work."""
    return Seen("fault", told, remedy)

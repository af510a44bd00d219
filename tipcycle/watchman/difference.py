"""One thing that should be otherwise: what it is about, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "missing notice",
    "unpromised notice",
    "altered notice",
    "undecided",
    "late",
    "early",
    "unfounded",
    "unknown",
    "missing obligation",
    "unpromised obligation",
    "altered obligation",
    "nobody reminded",
    "step owed",
    "message",
    "doubled digest",
    "nobody told",
    "clearance not asked",
    "release without files",
    "missing tick",
]


@dataclass(frozen=True)
class Difference:
    """`about` is a key of the ledger or a step; `what` goes on from it as a sentence does."""

    kind: Kind
    about: str
    what: str

    @property
    def line(self) -> str:
        """`notice:2010:…: is missing in the ledger`."""
        return f"{self.about}: {self.what}"

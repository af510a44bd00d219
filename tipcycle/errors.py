"""What can go wrong, by whom it is mended: a file, a post, a receiver, the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Outcome = Literal["not_sent", "refused", "unknown"]


@dataclass(frozen=True)
class Fault:
    """One thing wrong in one file: where it stands, what stands there, and how to mend it."""

    file: str
    place: str
    value: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.place}: " if self.place else ""
        value = f"{self.value}; " if self.value else ""
        return f"{self.file}: {place}{value}{self.remedy}"


class TipcycleError(Exception):
    """The family of every error that tipcycle raises on purpose; its text is meant for a person."""


class ConfigError(TipcycleError):
    """A file under config/ (or a setting) must be mended; carries every fault found, not the first."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class SubmissionError(TipcycleError):
    """A post must be asked: its file cannot be read at all."""


class DeliveryError(TipcycleError):
    """A receiver did not plainly accept; only `not_sent` is retried by itself."""

    def __init__(self, message: str, *, outcome: Outcome) -> None:
        self.outcome: Outcome = outcome
        super().__init__(message)


class StoreError(TipcycleError):
    """The ledger refuses: no such cycle, a schema that is not ours, a moment that cannot be."""

"""Do submissions lie in the inbox for long? They are taken in every quarter of an hour."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tipcycle.intake.inbox import printable_name, waiting_files
from tipcycle.model.counted import counted_of
from tipcycle.service.doctor.seen import Seen, fault, ok, warning
from tipcycle.settings import settings

_HOUR, _DAY = 3600, 86400


def look(at: datetime) -> Iterator[Seen]:
    """A file that could not be decided stays there, and the runs of collect-submissions name it."""
    folder = settings().inbox
    lying, days = (waiting_files(folder, settle_seconds=seconds) for seconds in (_HOUR, _DAY))
    remedy = "tipcycle collect takes them in and says what is wrong with each"
    if not lying:
        yield ok("no file lies there for an hour")
        return
    named = ", ".join(printable_name(path) for path in lying[:3]) + (" …" if len(lying) > 3 else "")
    told = f"in {folder} for over an hour: {counted_of(len(lying), 'file')}: {named}"
    yield fault(f"{told}; {len(days)} for over a day", remedy) if days else warning(told, remedy)

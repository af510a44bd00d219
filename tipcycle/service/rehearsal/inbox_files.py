"""Which files do the simulated posts lay into the inbox on which day?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from tipcycle.service.rehearsal.simulated_posts import Dropped
from tipcycle.settings import settings


def files_by_day(*scripts: Iterable[Dropped]) -> Mapping[date, Sequence[Dropped]]:
    """The files of every script by the day on which they are dropped, in order of name."""
    days: dict[date, list[Dropped]] = defaultdict(list)
    for script in scripts:
        for one in script:
            days[one.on].append(one)
    return {day: sorted(files, key=lambda one: one.name) for day, files in days.items()}


def drop_files(files: Sequence[Dropped]) -> int:
    """Lay them into the inbox; return how many."""
    inbox = settings().inbox
    inbox.mkdir(parents=True, exist_ok=True)
    for one in files:
        (inbox / one.name).write_bytes(one.content)
    return len(files)

"""Which of several due rungs is told? The newest, for each obligation and position; it names those it replaces."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tipcycle.model.notice import Notice


@dataclass(frozen=True)
class Collapsed:
    """Newest notices in order of key; `replaced` maps a newest notice's key to the older ones."""

    newest: tuple[Notice, ...]
    replaced: Mapping[str, tuple[Notice, ...]]


def collapse(owed: Iterable[Notice]) -> Collapsed:
    """Group by obligation and position; a later plan version is newer than any rung of an earlier one."""
    groups: dict[tuple[str, str], list[Notice]] = {}
    for notice in owed:
        groups.setdefault((notice.obligation, notice.position), []).append(notice)
    newest = []
    replaced: dict[str, tuple[Notice, ...]] = {}
    for group in groups.values():
        group.sort(key=lambda notice: (notice.version, notice.days))
        *older, latest = group
        newest.append(latest)
        if older:
            replaced[latest.key] = tuple(older)
    return Collapsed(tuple(sorted(newest, key=lambda notice: notice.key)), replaced)

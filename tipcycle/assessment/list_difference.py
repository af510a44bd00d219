"""Do the placements still give the special watch list that was recorded? Source: 22 U.S.C. 7107(b)(2)(A)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tipcycle.model.placement import Listed


@dataclass(frozen=True)
class ListDifference:
    """Entries that the placements add, entries that they drop, and those whose group is another, as it is now."""

    added: tuple[Listed, ...] = ()
    dropped: tuple[Listed, ...] = ()
    regrouped: tuple[Listed, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.added or self.dropped or self.regrouped)

    @property
    def told(self) -> str:
        """`+SEN −OMN, another group: NGA`."""
        signs = [f"+{one.iso3}" for one in self.added] + [f"−{one.iso3}" for one in self.dropped]
        other = ", ".join(one.iso3 for one in self.regrouped)
        return ", ".join(filter(None, (" ".join(signs), f"another group: {other}" if other else "")))


def list_difference(recorded: Iterable[Listed], now: Iterable[Listed]) -> ListDifference:
    """What `now` changes in `recorded`; each in order of iso3. The words of a reason are no difference."""
    was, given = {one.iso3: one for one in recorded}, {one.iso3: one for one in now}
    return ListDifference(
        added=tuple(given[iso3] for iso3 in sorted(given.keys() - was.keys())),
        dropped=tuple(was[iso3] for iso3 in sorted(was.keys() - given.keys())),
        regrouped=tuple(
            given[iso3]
            for iso3 in sorted(was.keys() & given.keys())
            if (given[iso3].group, given[iso3].counted) != (was[iso3].group, was[iso3].counted)
        ),
    )

"""What does the watchman look at? Config and the ledger's raw rows, as they were found; nothing reckoned by others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from tipcycle.model.cycle import CycleConfig
from tipcycle.model.notice import Notice
from tipcycle.model.obligation import Obligation

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Mail:
    """A message's row without its words; `digest` counts those of a position, channel and day, 0 for other mail."""

    key: str
    position: str
    channel: str
    address: str
    local_on: date
    digest: int
    sealed_at: datetime
    message_id: str
    obligation: str | None
    state: str
    reason: str
    was_unknown: bool
    accepted_at: datetime | None


@dataclass(frozen=True)
class Hold:
    """Sending was stopped from `start` to `end` (None: until lifted) for a post, a bureau, or everything."""

    post: str | None
    bureau: str | None
    start: datetime
    end: datetime | None


@dataclass(frozen=True, eq=False)
class Facts:
    """The ledger of one cycle at `at`. `tables` holds raw rows by table, without notices, obligations and messages.

    `unasked`: document and position where it is somebody's turn and nobody asked. `missing_files`: lines about
    released files. `cleared_unsent`: countries whose action request stands cleared and is not out.
    """

    config: CycleConfig
    at: datetime
    last_tick_at: datetime | None
    obligations: Mapping[str, Obligation]
    notices: Mapping[str, Notice]
    mails: Mapping[str, Mail]
    tables: Mapping[str, tuple[Row, ...]]
    unasked: tuple[tuple[str, str], ...] = ()
    missing_files: tuple[str, ...] = ()
    cleared_unsent: tuple[str, ...] = ()
    holds: tuple[Hold, ...] = ()

    @property
    def cycle(self) -> Row | None:
        """The row of the cycle; None before it is opened."""
        return next(iter(self.tables["cycles"]), None)

    @cached_property
    def deeds(self) -> dict[tuple[str, str], list[Row]]:
        """The lines of the log by act and object, in order."""
        found: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in self.tables["acts"]:
            found[row["act"], row["object"]].append(row)
        return found

    def done(self, act: str, about: str) -> list[Row]:
        """The lines of the log that say `act` of `about`."""
        return self.deeds.get((act, about), [])

    @cached_property
    def by_obligation(self) -> dict[str, list[Notice]]:
        """The ledger's notices by obligation."""
        found: dict[str, list[Notice]] = defaultdict(list)
        for notice in self.notices.values():
            found[notice.obligation].append(notice)
        return found

    @cached_property
    def digests_to(self) -> dict[str, list[Mail]]:
        """Digests by position, in order of sealing."""
        found: dict[str, list[Mail]] = defaultdict(list)
        for mail in sorted(self.mails.values(), key=lambda one: (one.sealed_at, one.key)):
            if mail.digest:
                found[mail.position].append(mail)
        return found

    @cached_property
    def carried(self) -> dict[str, list[Notice]]:
        """The notices that name a message as theirs, by its key."""
        found: dict[str, list[Notice]] = defaultdict(list)
        for notice in self.notices.values():
            if notice.message:
                found[notice.message].append(notice)
        return found

    def carried_only_partly(self, mail: str) -> bool:
        """Whether some of what a message carries was decided before it went out."""
        return any(notice.state != "queued" for notice in self.carried.get(mail, []))

    @cached_property
    def came_back(self) -> frozenset[str]:
        """Messages whose address was refused, at once or later."""
        return frozenset(about for act, about in self.deeds if act in ("address-refused", "mail-came-back"))

    @cached_property
    def refused(self) -> frozenset[tuple[str, str]]:
        """Every channel and address that was ever refused."""
        told = {(self.mails[key].channel, self.mails[key].address) for key in self.came_back if key in self.mails}
        return frozenset(told | {(row["channel"], row["address"]) for row in self.tables["refused_addresses"]})

    def step_of(self, obligation: Obligation) -> Obligation | None:
        """What had to be done before this one opens, or None where it opens with the cycle or is a duty."""
        config = self.config
        if obligation.step in config.duties:
            return None
        before = config.calendar.step(obligation.step).opens_with
        if before is None:
            return None
        subject = obligation.country if config.calendar.step(before).per != "cycle" else None
        return self.obligations.get(f"obligation:{obligation.report_year}:{before}:{subject or 'all'}")

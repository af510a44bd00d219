"""How is one transaction opened on the ledger, and what can be done in it?

Writers take the ledger's single row first, so two of them never interleave: on SQLite by BEGIN IMMEDIATE, on
PostgreSQL by the row's lock. A tick is short, and five started at once simply follow each other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import sqlalchemy as sa

from tipcycle.errors import StoreError
from tipcycle.store.acts import Acts
from tipcycle.store.address import shown, sqlite_file
from tipcycle.store.addresses import Addresses
from tipcycle.store.answers import Answers
from tipcycle.store.chapters import Chapters
from tipcycle.store.clearances import Clearances
from tipcycle.store.contacts import Contacts
from tipcycle.store.cycles import Cycles
from tipcycle.store.engine import engine, reads
from tipcycle.store.holds import Holds
from tipcycle.store.idle import nothing_to_do
from tipcycle.store.messages import Messages
from tipcycle.store.migrate import migrate, require_our_schema
from tipcycle.store.notices import Notices
from tipcycle.store.obligations import Obligations
from tipcycle.store.reachable import reachable
from tipcycle.store.releases import Releases
from tipcycle.store.rule_waivers import RuleWaivers
from tipcycle.store.schema import ledger
from tipcycle.store.signing_codes import SigningCodes
from tipcycle.store.submissions import Submissions
from tipcycle.store.tiers import Tiers
from tipcycle.store.uploads import Uploads
from tipcycle.store.whole_cycle import WholeTable, whole_cycle


class Store:
    """The ledger inside one transaction; what is done is kept when the `with` block ends without an error."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self.acts = Acts(connection)
        self.addresses = Addresses(connection)
        self.answers = Answers(connection)
        self.chapters = Chapters(connection)
        self.clearances = Clearances(connection)
        self.contacts = Contacts(connection)
        self.cycles = Cycles(connection)
        self.holds = Holds(connection)
        self.messages = Messages(connection)
        self.notices = Notices(connection)
        self.obligations = Obligations(connection)
        self.releases = Releases(connection)
        self.rule_waivers = RuleWaivers(connection)
        self.signing_codes = SigningCodes(connection)
        self.submissions = Submissions(connection)
        self.tiers = Tiers(connection)
        self.uploads = Uploads(connection)

    @classmethod
    @contextmanager
    def begin(cls, url: str) -> Iterator[Store]:
        """One writing transaction; raises `StoreError` if there is no ledger of our schema at `url`."""
        with reachable(url), engine(url).begin() as connection:
            _check_once(url, connection)
            connection.execute(_TURN)
            yield cls(connection)

    @classmethod
    @contextmanager
    def read(cls, url: str) -> Iterator[Store]:
        """One reading transaction; writers do not wait for it."""
        with reachable(url), engine(url).connect().execution_options(**reads(url)) as connection:
            _check_once(url, connection)
            yield cls(connection)
            connection.rollback()

    @staticmethod
    def create(url: str, *, rehearsal: bool = False) -> bool:
        """Build or upgrade the ledger at `url`; True if it is new. A rehearsal is marked for good."""
        with reachable(url, must_exist=False):
            file = sqlite_file(url)
            if file:
                file.parent.mkdir(parents=True, exist_ok=True)
            return migrate(engine(url), rehearsal=rehearsal)

    @property
    def is_rehearsal(self) -> bool:
        """Whether this ledger was made for rehearsals: only then may `at` lie in the future."""
        return bool(self.connection.execute(_REHEARSAL).scalar_one())

    def turn(self) -> int:
        """How often the ledger was written to."""
        return int(self.connection.execute(sa.select(ledger.c.turn)).scalar_one())

    def last_tick_at(self) -> datetime | None:
        """The moment of the latest tick, or None before the first."""
        found: datetime | None = self.connection.execute(_LAST_TICK_AT).scalar_one()
        return found

    def tick(self, at: datetime) -> datetime:
        """Record a tick and return its moment: `at`, or the last tick's where `at` lies before it."""
        moment = max(at, self.last_tick_at() or at)
        self.connection.execute(_TICK, {"last_tick_at": moment})
        return moment

    def whole_cycle(self, report_year: int, *, only: Collection[str] | None = None) -> list[WholeTable]:
        """Every row of every table (or of those in `only`) that belongs to a cycle, for its export and its watchman."""
        return whole_cycle(self.connection, report_year, only=only)

    def nothing_to_do(self, at: datetime) -> bool:
        """Whether a tick at `at` has nothing to decide, to send or to raise an alarm about."""
        return nothing_to_do(self.connection, at)

    def require_possible(self, at: datetime) -> None:
        """Raise `StoreError` for a future `at` on a ledger that is not a rehearsal's."""
        now = datetime.now(UTC)
        if at > now and not self.is_rehearsal:
            raise StoreError(
                f"{at:%Y-%m-%d %H:%M:%SZ} lies in the future (now {now:%Y-%m-%d %H:%M:%SZ}); "
                "leave the moment out, or rehearse"
            )


_TURN = ledger.update().values(turn=ledger.c.turn + 1)
_TICK = ledger.update()
_LAST_TICK_AT = sa.select(ledger.c.last_tick_at)
_REHEARSAL = sa.select(ledger.c.rehearsal)

_checked: set[str] = set()


def _check_once(url: str, connection: sa.Connection) -> None:
    """The schema is looked at once a process: an upgrade under a running program is an operator's act."""
    if url not in _checked:
        require_our_schema(connection, shown(url))
        _checked.add(url)


def forget(url: str) -> None:
    """Close what this process holds open on `url`, before its file is replaced."""
    engine(url).dispose()
    _checked.discard(url)

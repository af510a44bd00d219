"""How are connections to a database opened, and which kinds of transaction run on them?"""

from __future__ import annotations

from functools import cache
from typing import Any

import sqlalchemy as sa

from tipcycle.store.address import parsed

_WAIT_MS = 30_000  # how long a writer waits for another
_CONNECT_SECONDS = 10  # how long a server may keep silent

# Said by the session itself, so that no server has to be configured for us. A machine that vanished in mid-transaction
# holds the ledger's row until the server notices: after a minute by its keep-alives, after five by its silence.
_SESSION = {
    "lock_timeout": _WAIT_MS,
    "idle_in_transaction_session_timeout": 300_000,
    "tcp_keepalives_idle": 30,
    "tcp_keepalives_interval": 10,
    "tcp_keepalives_count": 3,
}


@cache
def engine(url: str) -> sa.Engine:
    """One engine an address and process; call it inside `reachable`, which says what keeps it from being made."""
    address = parsed(url)
    return _sqlite(address) if address.get_backend_name() == "sqlite" else _server(address)


def reads(url: str) -> dict[str, Any]:
    """The execution options of a reading transaction: it sees one moment of the ledger and waits for no writer."""
    if parsed(url).get_backend_name() == "sqlite":
        return {"tipcycle_reads": True}
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def _server(address: sa.URL) -> sa.Engine:
    """A writer stays at READ COMMITTED: once it has the ledger's row, each statement sees what is committed."""
    ours: dict[str, Any] = {"connect_timeout": _CONNECT_SECONDS, "application_name": "tipcycle"}
    ours["options"] = " ".join(f"-c {name}={value}" for name, value in _SESSION.items())
    arguments = {name: value for name, value in ours.items() if name not in address.query}
    return sa.create_engine(address, pool_pre_ping=True, connect_args=arguments)


def _sqlite(address: sa.URL) -> sa.Engine:
    made = sa.create_engine(address, connect_args={"timeout": _WAIT_MS / 1000, "check_same_thread": False})

    @sa.event.listens_for(made, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute(f"PRAGMA busy_timeout={_WAIT_MS}")

    @sa.event.listens_for(made, "begin")
    def _begin(connection: sa.Connection) -> None:
        only_reads = connection.get_execution_options().get("tipcycle_reads")
        connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")

    return made

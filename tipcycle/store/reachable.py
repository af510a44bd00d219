"""Why can the database not be used, and what is to be done? Its driver's errors as reasons meant for a person."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from tipcycle.errors import StoreError
from tipcycle.store.address import parsed, shown, sqlite_file

# What mends a refused connection, by what the server says; in other words than these, the last line of `_remedy`.
_REFUSED = {
    "password authentication": "correct role and password in TIPCYCLE_DATABASE_URL",
    "pg_hba.conf": "let role and machine in, in the server's pg_hba.conf",
    "does not exist": "make it (docs/operations.md, PostgreSQL), or correct TIPCYCLE_DATABASE_URL",
    "refused": "start the server, or correct host and port in TIPCYCLE_DATABASE_URL",
    "timeout": "start the server, or correct host and port in TIPCYCLE_DATABASE_URL",
}
# What mends a refused statement, by its SQLSTATE (PostgreSQL, appendix A); drivers sort these among our own errors.
_FORBIDDEN = {
    "42501": "make this role the owner of database and tables",
    "25006": "name the primary server in TIPCYCLE_DATABASE_URL, not a standby",
}


@contextmanager
def reachable(url: str, *, must_exist: bool = True) -> Iterator[None]:
    """Raise `StoreError` for an address that cannot be used, a file that is missing or no ledger, a silent server.

    Errors of our own statements (a broken constraint, a wrong column) pass: they are bugs, not circumstances.
    """
    file = sqlite_file(url)
    if must_exist and file and not file.exists():
        raise StoreError(f"{shown(url)}: no ledger here yet; run: tipcycle init")
    try:
        yield
    except ModuleNotFoundError as error:
        if not _is_driver(url, error):
            raise
        remedy = "install it, or name a driver that is there, as in postgresql+psycopg://"
        raise StoreError(f'{shown(url)}: needs the Python package "{error.name}"; {remedy}') from error
    except sa.exc.DatabaseError as error:
        told = _told(error)
        if told is None:
            raise
        raise StoreError(f"{shown(url)}: {told}") from error
    except (FileExistsError, NotADirectoryError, PermissionError) as error:
        if must_exist or file is None or Path(error.filename or "") not in (file, *file.parents):
            raise
        raise StoreError(f"{shown(url)}: {error.filename}: {error.strerror}") from error


def _told(error: sa.exc.DatabaseError) -> str | None:
    """The circumstance and what mends it; None for an error of our own statements."""
    if type(error) is sa.exc.DatabaseError:  # SQLite says so of what is no ledger
        return f"{_said(error)}; restore a backup, or move the file away and run: tipcycle init"
    if isinstance(error, sa.exc.DataError):  # a character or a number that this database has no room for
        return f"the ledger cannot keep this: {_said(error)}"
    remedy = _remedy(error)
    if remedy is None and not isinstance(error, sa.exc.OperationalError):
        return None
    return f"the ledger cannot be used: {_said(error)}" + (f"; {remedy}" if remedy else "")


def _remedy(error: sa.exc.DatabaseError) -> str | None:
    state = getattr(error.orig, "sqlstate", None)
    if state:
        return _FORBIDDEN.get(state)
    if error.statement is not None or not hasattr(error.orig, "sqlstate"):
        return None
    found = (remedy for words, remedy in _REFUSED.items() if words in str(error.orig))
    return next(found, "let TIPCYCLE_DATABASE_URL name host, port, role, password and database of a running server")


def _is_driver(url: str, error: ModuleNotFoundError) -> bool:
    return error.name is not None and error.name.startswith(parsed(url).get_driver_name())


def _said(error: sa.exc.DBAPIError) -> str:
    return " ".join(str(error.orig).split())

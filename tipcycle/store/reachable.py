"""Why can the database not be used, and what is to be done? Its driver's errors as reasons meant for a person."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import sqlalchemy as sa

from tipcycle.errors import StoreError


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
    except sa.exc.OperationalError as error:
        raise StoreError(f"{shown(url)}: the ledger cannot be used: {_said(error)}") from error
    except sa.exc.DatabaseError as error:
        if type(error) is not sa.exc.DatabaseError:
            raise
        remedy = "restore a backup, or move the file away and run: tipcycle init"
        raise StoreError(f"{shown(url)}: {_said(error)}; {remedy}") from error
    except (FileExistsError, NotADirectoryError, PermissionError) as error:
        if must_exist or file is None or Path(error.filename or "") not in (file, *file.parents):
            raise
        raise StoreError(f"{shown(url)}: {error.filename}: {error.strerror}") from error


@cache
def sqlite_file(url: str) -> Path | None:
    """Where a SQLite ledger lies; None for another database."""
    address = _parsed(url)
    name = address.database if address.get_backend_name() == "sqlite" else None
    return Path(name) if name else None


def shown(url: str) -> str:
    """The address without its password."""
    return _parsed(url).render_as_string()


def _parsed(url: str) -> sa.URL:
    try:
        address = sa.make_url(url)
        address.get_dialect()
    except (sa.exc.ArgumentError, sa.exc.NoSuchModuleError) as error:
        known = "write it as sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME"
        raise StoreError(f"TIPCYCLE_DATABASE_URL is no address of a database; {known}") from error
    return address


def _is_driver(url: str, error: ModuleNotFoundError) -> bool:
    return error.name is not None and error.name.startswith(sa.make_url(url).get_driver_name())


def _said(error: sa.exc.DBAPIError) -> str:
    return " ".join(str(error.orig).split())

"""Which database does an address name, and how is it shown without its secrets?"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import sqlalchemy as sa

from tipcycle.errors import StoreError

_WRITE_IT_AS = "write it as sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME"
_SECRETS = ("password", "sslpassword")  # libpq takes them behind the question mark too


@cache
def parsed(url: str) -> sa.URL:
    """The address in its parts; plain `postgresql://` means our driver. Raises `StoreError` for what is none."""
    try:
        address = sa.make_url(url)
        if address.drivername == "postgresql":
            address = address.set(drivername="postgresql+psycopg")
        waits = not address.get_dialect().is_async
    except (sa.exc.ArgumentError, sa.exc.NoSuchModuleError) as error:
        raise StoreError(f"TIPCYCLE_DATABASE_URL is no address of a database; {_WRITE_IT_AS}") from error
    if not waits:  # Prefect's own address, most likely
        raise StoreError(f"TIPCYCLE_DATABASE_URL names the driver of another program; {_WRITE_IT_AS}")
    if "@" in (address.host or ""):  # shown as an address, a part of the password would stand in it
        raise StoreError(
            "TIPCYCLE_DATABASE_URL has an @ too many; in its password write @ : / % # as %40 %3A %2F %25 %23"
        )
    return address


@cache
def sqlite_file(url: str) -> Path | None:
    """Where a SQLite ledger lies; None for another database."""
    address = parsed(url)
    name = address.database if address.get_backend_name() == "sqlite" else None
    return Path(name) if name else None


def shown(url: str) -> str:
    """The address without its password."""
    return parsed(url).difference_update_query(_SECRETS).render_as_string()

"""Which addresses did a receiver refuse for good? A mark stays until a person clears it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from tipcycle.model.position import Channel
from tipcycle.store.rows import found, query
from tipcycle.store.schema import refused_addresses


@dataclass(frozen=True)
class RefusedAddress:
    """A mark; `reason` is the receiver's own word."""

    channel: Channel
    address: str
    refused_at: datetime
    reason: str


_ALL = query(RefusedAddress, refused_addresses, order=(refused_addresses.c.address, refused_addresses.c.channel))


class Addresses:
    """The marks of the ledger."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def mark(self, channel: Channel, address: str, *, reason: str, at: datetime) -> None:
        """Remember that a receiver refused this address; the first refusal stays."""
        if (channel, address) not in self.refused():
            self._connection.execute(
                refused_addresses.insert().values(channel=channel, address=address, refused_at=at, reason=reason)
            )

    def refused(self) -> frozenset[tuple[str, str]]:
        """Channel and address of every mark."""
        return frozenset((one.channel, one.address) for one in self.all())

    def all(self) -> list[RefusedAddress]:
        """Every mark, in order of address and channel."""
        return found(self._connection, RefusedAddress, _ALL)

    def clear(self, address: str) -> list[str]:
        """Take the marks of an address away; the channels on which it was marked, in order."""
        channels = [one.channel for one in self.all() if one.address == address]
        self._connection.execute(refused_addresses.delete().where(refused_addresses.c.address == address))
        return sorted(channels)

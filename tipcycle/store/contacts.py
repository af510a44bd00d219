"""Who fills which position, from when to when? Contacts are only added; a later one governs."""

from __future__ import annotations

import sqlalchemy as sa

from tipcycle.model.contact import Contact
from tipcycle.store.rows import as_row, found, query
from tipcycle.store.schema import contacts

_ALL = query(Contact, contacts, order=(contacts.c.number,))


class Contacts:
    """The contacts of the ledger."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, contact: Contact) -> None:
        """Keep one contact."""
        self._connection.execute(contacts.insert().values(**as_row(contact)))

    def all(self) -> list[Contact]:
        """Every contact, in the order in which they were recorded."""
        return found(self._connection, Contact, _ALL)

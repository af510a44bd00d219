"""Who fills which position, from when to when? Contacts are only added; a later one governs."""

from __future__ import annotations

import sqlalchemy as sa

from tipcycle.model.contact import Contact
from tipcycle.store.rows import as_row, select_all
from tipcycle.store.schema import contacts


class Contacts:
    """The contacts of the ledger."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, contact: Contact) -> None:
        """Keep one contact."""
        self._connection.execute(contacts.insert().values(**as_row(contact)))

    def all(self) -> list[Contact]:
        """Every contact, in the order in which they were recorded."""
        return select_all(self._connection, Contact, contacts, order=(contacts.c.number,))

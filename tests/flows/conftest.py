"""What the stories of this folder start from."""

from tests.ledgers import asked, asked_ledger

__all__ = ["asked", "asked_ledger"]

"""What the stories of this folder start from."""

from tests.ledgers import asked, asked_ledger, asked_template

__all__ = ["asked", "asked_ledger", "asked_template"]

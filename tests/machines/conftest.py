"""What the stories of several machines start from; `make machines` runs those that start whole trees."""

from __future__ import annotations

import os

import pytest

from tests.ledgers import asked_ledger, asked_template

__all__ = ["asked_ledger", "asked_template"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each tree takes 20 s of a quiet machine to come up, so they have a target of their own."""
    if os.environ.get("TREES"):
        return
    for item in items:
        if item.get_closest_marker("trees"):
            item.add_marker(pytest.mark.skip(reason="starts whole trees: make machines"))

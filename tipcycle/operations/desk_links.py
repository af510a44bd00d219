"""Where does a page outside Prefect find the coordinator's pages in its UI?"""

from __future__ import annotations

from tipcycle.model.keys import proof_key, waiting_key
from tipcycle.model.post import Post
from tipcycle.operations.context import Context


def waiting_link(cycle: Context) -> str:
    """What waits for a person, each line with its form."""
    return _artifact(cycle, waiting_key(cycle.config.report_year))


def proof_link(cycle: Context, post: Post) -> str:
    """What a post was asked, told and reminded of; there once `show-desk` ran after it was asked."""
    return _artifact(cycle, proof_key(cycle.config.report_year, post.id))


def _artifact(cycle: Context, key: str) -> str:
    return f"{cycle.settings.ui_url.rstrip('/')}/artifacts/key/{key}"

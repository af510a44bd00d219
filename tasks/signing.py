"""One-time codes with which positions sign what was filled into a form."""

from __future__ import annotations

from datetime import datetime

from tasks.by_hand import task_by_hand
from tipcycle.model.signing_code import Deed
from tipcycle.operations.issue_code import mail_code


@task_by_hand(name="seal-code", timeout_seconds=60)
async def seal_code(deed: Deed, *, at: datetime) -> str:
    """Seal the mail that brings the code; its key."""
    return mail_code(deed, at=at)

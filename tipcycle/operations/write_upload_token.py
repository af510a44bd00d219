"""Give out a token with which one obligation can be answered by upload; the log keeps that, never the token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from tipcycle.model.keys import obligation_key
from tipcycle.model.moment import iso
from tipcycle.model.token import Grant, write_token
from tipcycle.operations.approval import require_position
from tipcycle.operations.context import context
from tipcycle.store import Store


@dataclass(frozen=True)
class UploadToken:
    """`token` is a secret: whoever has it can upload for `obligation` until `expires_at`."""

    obligation: str
    token: str
    expires_at: datetime


def write_upload_token(
    report_year: int, *, step: str, country: str, days: int, issued_by: str, at: datetime
) -> UploadToken:
    """A token for `days` from `at` on; raises `StoreError` if nothing of that kind is owed."""
    cycle = context(report_year)
    require_position(cycle.config, issued_by)
    with Store.begin(cycle.settings.ledger_url) as store:
        store.require_possible(at)
        owed = store.obligations.get(obligation_key(report_year, step, country))
        grant = Grant("upload", owed.key, owed.owner, (at + timedelta(days=days)).replace(microsecond=0))
        store.acts.add("issue-upload-token", owed.key, actor=issued_by, at=at, expires_at=iso(grant.expires_at))
    return UploadToken(owed.key, write_token(grant, cycle.settings.signing_secret), grant.expires_at)

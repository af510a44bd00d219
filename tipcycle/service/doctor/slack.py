"""Does Slack know our token? Nothing is posted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tipcycle.delivery.reach import reach_slack
from tipcycle.errors import DeliveryError
from tipcycle.service.doctor.seen import Seen, fault, ok, warning
from tipcycle.service.doctor.soon import soon
from tipcycle.settings import settings


def look(at: datetime) -> Iterator[Seen]:
    """auth.test, where a token is set."""
    now = soon(settings())
    if not now.slack_token.get_secret_value():
        yield warning(f"no Slack: escalations become files in {now.outbox}", "set TIPCYCLE_SLACK_TOKEN")
        return
    try:
        yield ok(reach_slack(now))
    except DeliveryError as error:
        yield fault(
            str(error), "renew TIPCYCLE_SLACK_TOKEN, or see whether TIPCYCLE_SLACK_URL can be reached from here"
        )

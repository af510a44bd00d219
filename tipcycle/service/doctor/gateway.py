"""Is the cable gateway there, and does it take our token? No cable is sent."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from tipcycle.delivery.reach import reach_gateway
from tipcycle.errors import DeliveryError
from tipcycle.service.doctor.seen import Seen, fault, ok, warning
from tipcycle.service.doctor.soon import soon
from tipcycle.settings import settings


def look(at: datetime) -> Iterator[Seen]:
    """One line."""
    now = soon(settings())
    if not now.gateway_url:
        yield warning(f"no cable goes out: every one becomes a file in {now.outbox}", "set TIPCYCLE_GATEWAY_URL")
        return
    where = urlsplit(now.gateway_url).hostname
    try:
        yield ok(f"{where} {asyncio.run(reach_gateway(now))}")
    except DeliveryError as error:
        yield fault(f"{where}: {error}", "correct TIPCYCLE_GATEWAY_URL or _GATEWAY_TOKEN, or mend the gateway")

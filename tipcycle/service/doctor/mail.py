"""Does the mail server take us, in the way the settings say? Nothing is sent."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime

from tipcycle.delivery.reach import reach_mail
from tipcycle.errors import DeliveryError
from tipcycle.service.doctor.seen import Seen, fault, ok, warning
from tipcycle.service.doctor.soon import soon
from tipcycle.settings import settings


def look(at: datetime) -> Iterator[Seen]:
    """Connect, TLS as configured, log in, EHLO."""
    now = soon(settings())
    where = f"{now.smtp_host}:{now.smtp_port} ({now.smtp_security})"
    if not now.smtp_host:
        yield warning(f"no mail goes out: every one becomes a file in {now.outbox}", "set TIPCYCLE_SMTP_HOST")
        return
    try:
        greeting = asyncio.run(reach_mail(now))
    except DeliveryError as error:
        yield fault(
            f"{where}: {error}", "correct TIPCYCLE_SMTP_HOST, _PORT, _SECURITY, _USER or _PASSWORD, or the server"
        )
    else:
        yield ok(f"{where}: {greeting}")

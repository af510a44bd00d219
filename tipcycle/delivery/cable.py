"""Cables to the gateway: one POST a cable with an Idempotency-Key; docs/cable-gateway.md is its contract."""

from __future__ import annotations

import ssl
from collections.abc import AsyncGenerator, Iterable
from functools import cache

import httpx

from tipcycle.delivery.channel import Channel
from tipcycle.delivery.patience import NOT_TRIED, Patience
from tipcycle.model.message import Message, Receipt
from tipcycle.settings import Settings

_TAKEN = frozenset({200, 201, 202})
# What is wrong with this one cable, and would be wrong with it tomorrow. A token that ran out, a path that moved or a
# gateway that is busy is wrong with every cable, and is mended without touching any.
_UNACCEPTABLE = frozenset({400, 410, 413, 415, 422})
_UNDER_WAY = 409  # the gateway is at work on this very key, so it may be taking it
_NOT_TAKEN = frozenset({501, 503})


class CableChannel(Channel):
    """One connection for a group; the gateway takes a key once, so an unknown outcome is simply repeated."""

    honours_key = True

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def send(self, messages: Iterable[Message]) -> AsyncGenerator[Receipt, None]:
        """Receipts in order."""
        patience = Patience()
        async with gateway_client(self._settings) as client:
            for message in messages:
                if patience.is_over:
                    yield Receipt(message.key, "not_sent", NOT_TRIED)
                    continue
                yield await _post(client, message, patience)


def gateway_client(settings: Settings) -> httpx.AsyncClient:
    """A client of the gateway that the settings name."""
    token = settings.gateway_token.get_secret_value()
    return httpx.AsyncClient(
        base_url=settings.gateway_url,
        timeout=settings.send_timeout_seconds,
        headers={"Authorization": f"Bearer {token}"} if token else {},
        trust_env=False,
        verify=_tls(),
    )


@cache
def _tls() -> ssl.SSLContext:
    """Reading the certificate store takes 20 ms: once a process, not once a batch."""
    return ssl.create_default_context()


async def _post(client: httpx.AsyncClient, message: Message, patience: Patience) -> Receipt:
    cable = {"to": message.address, "subject": message.subject, "text": message.body}
    try:
        answer = await client.post("/v1/cables", json=cable, headers={"Idempotency-Key": message.key})
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol) as error:
        patience.silent()
        return Receipt(message.key, "not_sent", f"gateway: {error!r}")
    except httpx.HTTPError as error:
        patience.silent()
        return Receipt(message.key, "unknown", f"gateway: {error!r}")
    patience.heard()
    status = answer.status_code
    if status in _TAKEN:
        return Receipt(message.key, "accepted", _cable_number(answer))
    if status in _UNACCEPTABLE:
        return Receipt(message.key, "refused", f"gateway: {status} {answer.text[:200]}")
    if status in _NOT_TAKEN or (300 <= status < 500 and status != _UNDER_WAY):
        return Receipt(message.key, "not_sent", f"gateway: {status}")
    return Receipt(message.key, "unknown", f"gateway: {status}")


def _cable_number(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["number"])
    except (ValueError, KeyError, TypeError):
        return f"gateway: {answer.status_code}"

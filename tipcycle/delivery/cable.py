"""Cables to the gateway: one POST a cable with an Idempotency-Key; docs/cable-gateway.md is its contract."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Iterable
from functools import cache

import httpx

from tipcycle.delivery.channel import Channel
from tipcycle.model.message import Message, Receipt
from tipcycle.settings import Settings

_TAKEN = frozenset({200, 201, 202})
_TRY_LATER = frozenset({408, 425, 429, 503})


class CableChannel(Channel):
    """One connection for all; the gateway takes a key once, so an unknown outcome is simply repeated."""

    honours_key = True

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def send(self, messages: Iterable[Message]) -> AsyncIterator[Receipt]:
        """Receipts in order."""
        token = self._settings.gateway_token.get_secret_value()
        async with httpx.AsyncClient(
            base_url=self._settings.gateway_url,
            timeout=self._settings.send_timeout_seconds,
            headers={"Authorization": f"Bearer {token}"} if token else {},
            trust_env=False,
            verify=_tls(),
        ) as client:
            for message in messages:
                yield await _post(client, message)


@cache
def _tls() -> ssl.SSLContext:
    """Reading the certificate store takes 20 ms: once a process, not once a batch."""
    return ssl.create_default_context()


async def _post(client: httpx.AsyncClient, message: Message) -> Receipt:
    cable = {"to": message.address, "subject": message.subject, "text": message.body}
    try:
        answer = await client.post("/v1/cables", json=cable, headers={"Idempotency-Key": message.key})
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol) as error:
        return Receipt(message.key, "not_sent", f"gateway: {error!r}")
    except httpx.HTTPError as error:
        return Receipt(message.key, "unknown", f"gateway: {error!r}")
    if answer.status_code in _TAKEN:
        return Receipt(message.key, "accepted", _cable_number(answer))
    if answer.status_code in _TRY_LATER:
        return Receipt(message.key, "not_sent", f"gateway: {answer.status_code}")
    if 400 <= answer.status_code < 500:
        return Receipt(message.key, "refused", f"gateway: {answer.status_code} {answer.text[:200]}")
    return Receipt(message.key, "unknown", f"gateway: {answer.status_code}")


def _cable_number(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["number"])
    except (ValueError, KeyError, TypeError):
        return f"gateway: {answer.status_code}"

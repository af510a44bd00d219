"""Slack, for escalations to bureaus and the director: counts and links only, never marked text."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Iterable
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from tipcycle.delivery.channel import Channel
from tipcycle.delivery.patience import NOT_TRIED, Patience
from tipcycle.model.message import Message, Receipt
from tipcycle.settings import Settings

# What Slack says of a channel that will not come back by itself.
_GONE = frozenset({"channel_not_found", "is_archived", "not_in_channel"})
# What Slack says where a part of the work may have been done: its page of chat.postMessage, under Errors.
_IN_DOUBT = frozenset({"fatal_error", "internal_error"})
# How a text says of itself that it is sensitive: it stays off Slack, whoever wrote the template.
_MARKED = re.compile(r"\(SBU\b|\bSENSITIVE BUT UNCLASSIFIED\b", re.IGNORECASE)
_NOT_TAKEN = frozenset({501, 503})
_LONGEST_WAIT = 30  # seconds; whoever asks for more is asked again by the next tick


class SlackChannel(Channel):
    """Slack drops no repeat, so an unknown outcome stays unknown until a person settles it."""

    def __init__(self, settings: Settings) -> None:
        self._client = slack_client(settings)

    async def send(self, messages: Iterable[Message]) -> AsyncGenerator[Receipt, None]:
        """Receipts in order; the client is a blocking one, so it works beside the event loop."""
        patience = Patience()
        for message in messages:
            if patience.is_over:
                yield Receipt(message.key, "not_sent", NOT_TRIED)
                continue
            if _MARKED.search(message.body):
                yield Receipt(message.key, "not_sent", "slack: the text is marked SBU, which never goes there")
                continue
            yield await asyncio.to_thread(self._post, message, patience)

    def _post(self, message: Message, patience: Patience) -> Receipt:
        try:
            answer = self._client.chat_postMessage(
                channel=message.address,
                text=message.body,
                unfurl_links=False,
                metadata={"event_type": "tipcycle", "event_payload": {"key": message.key}},
            )
        except SlackApiError as error:
            receipt = _read_refusal(message.key, error.response)
            heard = receipt.outcome == "refused"  # a refusal of everything is as good as silence
        except ConnectionRefusedError as error:
            receipt, heard = Receipt(message.key, "not_sent", f"slack: {error}"), False
        except (SlackClientError, OSError, HTTPException, ValueError) as error:
            # HTTPException: the answer broke off. ValueError: the client cannot read it.
            refused = isinstance(getattr(error, "reason", None), ConnectionRefusedError)
            receipt = Receipt(message.key, "not_sent" if refused else "unknown", f"slack: {error!r}"[:300])
            heard = False
        else:
            receipt, heard = Receipt(message.key, "accepted", str(answer.get("ts"))), True
        if heard:
            patience.heard()
        else:
            patience.silent()
        return receipt


def _read_refusal(key: str, response: Any) -> Receipt:
    """What an answer other than "ok" means: Slack's own word decides, and without one the status does.

    An answer that is not Slack's (a page of a proxy, a list) says nothing of what became of the message.
    """
    data, status = response.data, response.status_code
    said = data.get("error") if isinstance(data, dict) else None
    slack_s_own = isinstance(said, str) and said.replace("_", "").isalnum()
    told = f"slack: {said}" if slack_s_own else f"slack: {status}"
    if slack_s_own and said in _GONE:
        return Receipt(key, "refused", told)
    failed = status >= 500 and status not in _NOT_TAKEN
    if failed or (slack_s_own and said in _IN_DOUBT) or (not slack_s_own and status < 300):
        return Receipt(key, "unknown", told)
    return Receipt(key, "not_sent", told)


class _ShortWaits(RateLimitErrorRetryHandler):
    """Waits out "too many requests" where that takes half a minute at most; any other is left to the next tick."""

    def _can_retry(self, *, response: Any = None, **rest: Any) -> bool:
        if not super()._can_retry(response=response, **rest):
            return False
        asked = [
            value for name, values in response.headers.items() if name.lower() == "retry-after" for value in values
        ]
        return all(value.isdecimal() and int(value) <= _LONGEST_WAIT for value in asked)


def slack_client(settings: Settings) -> WebClient:
    """A client of the workspace that the settings name."""
    return WebClient(
        token=settings.slack_token.get_secret_value(),
        base_url=settings.slack_url,
        timeout=int(settings.send_timeout_seconds),
        # Only "too many requests" is surely not taken; repeating after anything else could post twice.
        retry_handlers=[_ShortWaits(max_retry_count=2)],
    )

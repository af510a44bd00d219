"""Slack, for escalations to bureaus and the director: counts and links only, never marked text."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from tipcycle.delivery.channel import Channel
from tipcycle.model.message import Message, Receipt
from tipcycle.settings import Settings

# What Slack says of a channel that will not come back by itself.
_GONE = frozenset({"channel_not_found", "is_archived", "not_in_channel"})


class SlackChannel(Channel):
    """Slack drops no repeat, so an unknown outcome stays unknown until a person settles it."""

    def __init__(self, settings: Settings) -> None:
        self._client = slack_client(settings)

    async def send(self, messages: Iterable[Message]) -> AsyncIterator[Receipt]:
        """Receipts in order; the client is a blocking one, so it works beside the event loop."""
        for message in messages:
            yield await asyncio.to_thread(self._post, message)

    def _post(self, message: Message) -> Receipt:
        try:
            answer = self._client.chat_postMessage(
                channel=message.address,
                text=message.body,
                unfurl_links=False,
                metadata={"event_type": "tipcycle", "event_payload": {"key": message.key}},
            )
        except SlackApiError as error:
            said = str(error.response.get("error") or error.response.status_code)
            return Receipt(message.key, "refused" if said in _GONE else "not_sent", f"slack: {said}")
        except ConnectionRefusedError as error:
            return Receipt(message.key, "not_sent", f"slack: {error}")
        except (SlackClientError, OSError) as error:
            refused = isinstance(getattr(error, "reason", None), ConnectionRefusedError)
            return Receipt(message.key, "not_sent" if refused else "unknown", f"slack: {error}")
        return Receipt(message.key, "accepted", str(answer.get("ts")))


def slack_client(settings: Settings) -> WebClient:
    """A client of the workspace that the settings name."""
    return WebClient(
        token=settings.slack_token.get_secret_value(),
        base_url=settings.slack_url,
        timeout=int(settings.send_timeout_seconds),
        # Only "too many requests" is surely not taken; repeating after anything else could post twice.
        retry_handlers=[RateLimitErrorRetryHandler(max_retry_count=2)],
    )

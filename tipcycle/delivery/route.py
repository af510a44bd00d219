"""Which channel carries a message today? Its own where that is configured, else the outbox."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from tipcycle.delivery.cable import CableChannel
from tipcycle.delivery.channel import Channel
from tipcycle.delivery.email import EmailChannel
from tipcycle.delivery.file import FileChannel
from tipcycle.delivery.slack import SlackChannel
from tipcycle.settings import Settings


def route(settings: Settings) -> dict[str, Channel]:
    """The channel that carries each kind of message under these settings."""
    outbox = FileChannel(settings)
    return {
        "file": outbox,
        "email": EmailChannel(settings) if settings.smtp_host else outbox,
        "slack": SlackChannel(settings) if settings.slack_token.get_secret_value() else outbox,
        "cable": CableChannel(settings) if settings.gateway_url else outbox,
    }


@asynccontextmanager
async def open_channels(settings: Settings) -> AsyncIterator[dict[str, Channel]]:
    """The same for many groups of messages: what one group leaves open serves the next."""
    channels = route(settings)
    async with AsyncExitStack() as stack:
        for channel in set(channels.values()):
            await stack.enter_async_context(channel)
        yield channels

"""Out of the door: one small protocol, one file a channel. `CHANNELS` is the index."""

from tipcycle.delivery.cable import CableChannel
from tipcycle.delivery.channel import Channel
from tipcycle.delivery.email import EmailChannel
from tipcycle.delivery.file import FileChannel
from tipcycle.delivery.slack import SlackChannel

CHANNELS: dict[str, type[Channel]] = {
    "file": FileChannel,
    "email": EmailChannel,
    "slack": SlackChannel,
    "cable": CableChannel,
}

__all__ = ["CHANNELS", "Channel"]

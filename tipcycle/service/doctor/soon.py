"""How long does the doctor wait for a receiver? Not as long as a sender does: a person is waiting too."""

from __future__ import annotations

from tipcycle.settings import Settings

_SECONDS = 10


def soon(settings: Settings) -> Settings:
    """The same settings with at most 10 s of patience."""
    return settings.model_copy(update={"send_timeout_seconds": min(_SECONDS, settings.send_timeout_seconds)})

"""What does every operation need? The settings, the cycle's config and its working times, loaded together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tipcycle.calendar.places import Places
from tipcycle.config import load_config
from tipcycle.model.cycle import CycleConfig
from tipcycle.settings import Settings, settings


@dataclass(frozen=True)
class Context:
    """One cycle as an operation sees it."""

    settings: Settings
    config: CycleConfig
    places: Places

    @property
    def templates(self) -> Path:
        """Where the words are."""
        return self.settings.config_dir / "templates"

    @property
    def documents(self) -> Path:
        """Where this cycle's documents are written."""
        return self.settings.var_dir / "documents" / str(self.config.report_year)


def context(report_year: int) -> Context:
    """The context of one cycle; raises `ConfigError` with every fault of config/."""
    now = settings()
    config = load_config(now.config_dir, report_year)
    return Context(now, config, _places(config))


@cache
def _places(config: CycleConfig) -> Places:
    return Places(config)

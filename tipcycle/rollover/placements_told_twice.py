"""Do config and ledger tell the same placements of a Report? The special watch list follows from config's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tipcycle.model.placement import Tier


@dataclass(frozen=True)
class ToldDifferently:
    """A country's tier in config/placements and as it was decided in the ledger; None: not placed there."""

    iso3: str
    config: Tier | None
    ledger: Tier | None


def placements_told_differently(config: Mapping[str, Tier], ledger: Mapping[str, Tier]) -> tuple[ToldDifferently, ...]:
    """In order of iso3; a ledger in which nothing was decided contradicts nothing, and `none` is no placement."""
    if not ledger:
        return ()
    ledger = {iso3: tier for iso3, tier in ledger.items() if tier != "none"}
    return tuple(
        ToldDifferently(iso3, config.get(iso3), ledger.get(iso3))
        for iso3 in sorted({*config, *ledger})
        if config.get(iso3) != ledger.get(iso3)
    )

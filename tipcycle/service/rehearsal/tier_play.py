"""How do office, bureaus and principals decide tiers in a rehearsal? Seeded, and ending with the actual placements.

Office and bureaus recommend what the Report of that year really said, but for some splits in which one side differs.
A country without a row in that Report is not placed. Every text says that it is made up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from tipcycle.ladder.recipients import OFFICE
from tipcycle.model.cycle import CycleConfig
from tipcycle.model.placement import Tier, tier_name
from tipcycle.model.tier_forms import PlacementForm, RecommendationForm, SplitOutcome
from tipcycle.rules.placement_in_force import History, history_of, placements_in_force

# How many splits end how: settled at each level in turn, or withdrawn because the side that differed comes round.
_SETTLED_AT, _WITHDRAWN = (6, 2, 2), 2
_ORDER: tuple[Tier, ...] = ("3", "2WL", "2", "1")
_OFFICER = f"{OFFICE}.action-officer"
_MADE_UP = "Made up for a rehearsal"


@dataclass(frozen=True)
class SplitDecision:
    """What the holder of a split decides."""

    country: str
    position: str
    outcome: SplitOutcome
    tier: Tier | None
    note: str


@dataclass(frozen=True)
class TierPlay:
    """Everything that is said, in its order; recommendations are by position.

    First `recommendations`, later `changed` ones that end a split, then `decisions`; then a principal places all as
    recommended, and the Secretary those of `singly`. `placements` is what it ends with.
    """

    recommendations: tuple[tuple[str, tuple[RecommendationForm, ...]], ...]
    changed: tuple[tuple[str, tuple[RecommendationForm, ...]], ...]
    decisions: tuple[SplitDecision, ...]
    singly: tuple[PlacementForm, ...]
    placements: dict[str, Tier]

    @property
    def splits(self) -> int:
        """How many countries are split over at some time."""
        return len({one.country for one in self.decisions}) + sum(len(forms) for _, forms in self.changed)


def write_tier_play(config: CycleConfig, asked: Iterable[str], seed: int, *, on: date) -> TierPlay:
    """The play for the countries `asked` (iso3), the same for the same seed; `on` is the day of the placements."""
    actual = placements_in_force(config.placements, config.report_year, on=None)
    placements: dict[str, Tier] = {iso3: actual[iso3].tier if iso3 in actual else "none" for iso3 in sorted(asked)}
    random = Random(seed)  # noqa: S311 - a play, not a secret
    could_differ = [iso3 for iso3 in placements if iso3 in actual and _bureau(config, iso3)]
    split = random.sample(could_differ, min(sum(_SETTLED_AT) + _WITHDRAWN, len(could_differ)))
    said = {(side, iso3): tier for iso3, tier in placements.items() for side in ("office", "bureau")}
    differs = {iso3: random.choice(("office", "bureau")) for iso3 in split}
    for iso3, side in differs.items():
        said[side, iso3] = _neighbour(placements[iso3], random)
    withdrawn, settled = split[:_WITHDRAWN], split[_WITHDRAWN:]
    history = history_of(config.placements, on=on)
    return TierPlay(
        recommendations=_by_position(config, [(side, iso3, tier) for (side, iso3), tier in said.items()]),
        changed=_by_position(config, [(differs[iso3], iso3, placements[iso3]) for iso3 in sorted(withdrawn)]),
        decisions=tuple(_decisions(config, settled, placements)),
        singly=tuple(_singly(config, iso3, placements[iso3], history) for iso3 in sorted(settled)),
        placements=placements,
    )


def _by_position(
    config: CycleConfig, said: Sequence[tuple[str, str, Tier]]
) -> tuple[tuple[str, tuple[RecommendationForm, ...]], ...]:
    forms: dict[str, list[RecommendationForm]] = {}
    for side, iso3, tier in said:
        position = _OFFICER if side == "office" else _bureau(config, iso3)
        if position:
            forms.setdefault(position, []).append(_recommendation(iso3, tier, side))
    return tuple((position, tuple(forms[position])) for position in sorted(forms))


def _recommendation(iso3: str, tier: Tier, side: str) -> RecommendationForm:
    if tier == "none":
        rationale = f"{_MADE_UP}: it has no row in that Report, so it is not placed."
        return RecommendationForm(country=iso3, tier=tier, rationale=rationale)
    rationale = f"{_MADE_UP}: the {side} holds {tier_name(tier)} to be what its efforts merit."
    return RecommendationForm(country=iso3, tier=tier, rationale=rationale, standards=["4", "4.1"])


def _decisions(config: CycleConfig, settled: Sequence[str], placements: dict[str, Tier]) -> list[SplitDecision]:
    """Level by level, so that each holder's decisions stand together and in their order."""
    levels = config.split_levels
    ends = [min(level, len(levels) - 1) for level, count in enumerate(_SETTLED_AT) for _ in range(count)]
    decisions = []
    for number, level in enumerate(levels):
        for iso3, end in zip(settled, ends, strict=False):
            if end > number:
                note = f"{_MADE_UP}: the {level.what} did not settle it."
                decisions.append(SplitDecision(iso3, level.holder, "raised", None, note))
            elif end == number:
                note = f"{_MADE_UP}: settled with what the Report said."
                decisions.append(SplitDecision(iso3, level.holder, "settled", placements[iso3], note))
    return decisions


def _singly(config: CycleConfig, iso3: str, tier: Tier, history: History) -> PlacementForm:
    before = history.tiers(iso3).get(config.report_year - 1)
    changes = before not in (None, tier)
    explanation = f"{_MADE_UP}: its efforts changed since the Report before." if changes else ""
    rationale = f"{_MADE_UP}: as the split was settled."
    return PlacementForm(country=iso3, tier=tier, rationale=rationale, explanation=explanation, standards=["4"])


def _neighbour(tier: Tier, random: Random) -> Tier:
    place = _ORDER.index(tier)
    return random.choice([_ORDER[one] for one in (place - 1, place + 1) if 0 <= one < len(_ORDER)])


def _bureau(config: CycleConfig, iso3: str) -> str:
    bureau = config.post_for(iso3).bureau
    return f"{bureau.lower()}.bureau" if bureau else ""

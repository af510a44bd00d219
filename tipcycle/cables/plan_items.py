"""What does a cable ask of the government? High-priority items under A, the others under B, by pillar.

Source: 09 STATE 97909 para 9, where high-priority items are the "short-term" ones.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tipcycle.model.cable import NamedBlock
from tipcycle.model.plan import PILLARS, Pillar

_PLANS = ("action plan", "non-paper")
_SECTION = re.compile(r"(?P<letter>[A-Z])\. .*")
_PILLAR = re.compile(rf"(?P<pillar>{'|'.join(PILLARS)}):?", re.IGNORECASE)
_ITEM = re.compile(r"--\s*(?P<text>[^-\s].*)")


@dataclass(frozen=True)
class PlanItems:
    """The items without their dashes, in the order of the cable; `unplaced` are those under neither A nor a pillar."""

    high_priority: tuple[str, ...]
    further: Mapping[Pillar, tuple[str, ...]]
    unplaced: tuple[str, ...]


def plan_items(blocks: Sequence[NamedBlock]) -> PlanItems:
    """The items of the first block that is an action plan or a non-paper; none if there is no such block."""
    plan = next((block for block in blocks if block.name.lower() in _PLANS), None)
    high_priority: list[str] = []
    unplaced: list[str] = []
    further: dict[Pillar, list[str]] = {pillar: [] for pillar in PILLARS}
    under = unplaced
    for text in plan.text if plan else ():
        section, pillar, item = _SECTION.fullmatch(text), _PILLAR.fullmatch(text), _ITEM.fullmatch(text)
        if section:
            under = high_priority if section["letter"] == "A" else unplaced
        elif pillar:
            under = next(further[one] for one in PILLARS if one == pillar["pillar"].lower())
        elif item:
            under.append(item["text"])
    return PlanItems(tuple(high_priority), {one: tuple(items) for one, items in further.items()}, tuple(unplaced))

"""Is config/clearance.yaml whole: a chain for every kind of document, of positions that exist and did not draft it?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args

from tipcycle.config.read import closest, read_yaml, validated_list
from tipcycle.errors import Fault
from tipcycle.model.clearance_chain import BUREAU, ClearanceChain
from tipcycle.model.document import CHAPTERS_OF, DocumentKind
from tipcycle.model.position import Position

FILE = "clearance.yaml"


def read_clearance(
    config_dir: Path, positions: Mapping[str, Position], faults: list[Fault]
) -> dict[str, ClearanceChain]:
    """The chain of each kind of document; whatever is wrong with one is added to `faults`."""
    data = read_yaml(config_dir / FILE, faults, file=FILE)
    chains = validated_list(ClearanceChain, data, faults, file=FILE, noun="chain", name="document")
    kinds = [chain.document for chain in chains]
    if isinstance(data, list) and len(chains) == len(data):
        for missing in [kind for kind in get_args(DocumentKind) if kind not in kinds]:
            faults.append(Fault(FILE, "", f'"{missing}" is missing', "add it"))
    for twice in sorted({kind for kind in kinds if kinds.count(kind) > 1}):
        faults.append(Fault(FILE, twice, "stands twice", "keep one"))
    for chain in chains:
        faults.extend(_faults(chain, positions))
    return {chain.document: chain for chain in chains}


def _faults(chain: ClearanceChain, positions: Mapping[str, Position]) -> Iterator[Fault]:
    seated = [position for stage in chain.stages for position in stage]
    if BUREAU in seated and chain.document in CHAPTERS_OF:
        remedy = f"a document of all countries has no bureau; let it clear the {CHAPTERS_OF[chain.document]}"
        yield Fault(FILE, f"{chain.document}.stages", f'"{BUREAU}"', remedy)
    for position, count in Counter(seated).items():
        if count > 1:
            yield Fault(FILE, f"{chain.document}.stages", f'"{position}" stands twice', "keep one")
    for position in sorted({*chain.drafted_by} & {*seated, *chain.in_place, *chain.overridden_by}):
        remedy = "nobody clears or overrides a draft of its own; keep it under drafted_by only"
        yield Fault(FILE, chain.document, f'"{position}" drafts and clears', remedy)
    named = {*chain.drafted_by, *seated, *chain.in_place, *chain.overridden_by, *chain.released_by} - {BUREAU}
    for unknown in sorted(named - set(positions)) if positions else ():
        near = closest(unknown, list(positions))
        yield Fault(FILE, chain.document, f'"{unknown}" is not a position', f"name one of positions.yaml{near}")

"""Which levels does a split go through, and who may place? Read from config/splits.yaml, its positions checked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tipcycle.config.read import closest, read_yaml, validated
from tipcycle.errors import Fault
from tipcycle.model.position import Position
from tipcycle.model.split_levels import SplitSettings

_FILE = "splits.yaml"


def read_splits(config_dir: Path, positions: Mapping[str, Position], faults: list[Fault]) -> SplitSettings | None:
    """The levels and the powers, faults added; None where the file cannot be read."""
    read = validated(SplitSettings, read_yaml(config_dir / _FILE, faults, file=_FILE), faults, file=_FILE)
    if read is None:
        return None
    ids = [level.id for level in read.levels]
    for twice in sorted({one for one in ids if ids.count(one) > 1}):
        faults.append(Fault(_FILE, f"levels.{twice}", "stands twice", "keep one"))
    named = [(f"levels.{level.id}.holder", level.holder) for level in read.levels]
    for power in type(read.placing).model_fields:
        named += [(f"placing.{power}", position) for position in getattr(read.placing, power)]
    for place, position in named if positions else ():
        if position not in positions:
            remedy = "name one of positions.yaml" + closest(position, list(positions))
            faults.append(Fault(_FILE, place, f'no position "{position}"', remedy))
    return read

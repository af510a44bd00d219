"""Which earlier cables do this cycle's requests refer to? config/references.yaml, in its order."""

from __future__ import annotations

from pathlib import Path

from tipcycle.config.read import read_yaml, validated_list
from tipcycle.errors import Fault
from tipcycle.model.earlier_cable import EarlierCable

_LETTERS = 26


def read_references(config_dir: Path, report_year: int, faults: list[Fault]) -> tuple[EarlierCable, ...]:
    """The references of the cycle, in the order of their letters; one that stands twice is a fault."""
    file = "references.yaml"
    data = read_yaml(config_dir / file, faults, file=file)
    entries = validated_list(EarlierCable, data, faults, file=file, noun="reference", name="id")
    ours = tuple(entry for entry in entries if report_year in entry.cycles)
    for what in ("id", "number"):
        values = [getattr(entry, what) for entry in ours]
        for value in sorted({value for value in values if values.count(value) > 1}):
            faults.append(Fault(file, f'{what} "{value}"', f"stands twice for cycle {report_year}", "keep one"))
    if len(ours) > _LETTERS:
        faults.append(Fault(file, "", f"{len(ours)} references", "a cable has letters for 26; take some out"))
    return ours

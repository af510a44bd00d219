"""What does config/parameters/ say of the law? Every parameter once, none unknown, none missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from tipcycle.config.read import closest, read_yaml, validated
from tipcycle.errors import Fault
from tipcycle.model.law import Law
from tipcycle.model.parameter import Parameter

TERRITORIES = "territories.yaml"  # stands in the same folder, and is a list of territories


def read_law(config_dir: Path, faults: list[Fault]) -> Law | None:
    """The law, or None with every fault of its files added."""
    fields = {name.replace("_", "-"): field.annotation for name, field in Law.model_fields.items()}
    read: dict[str, Parameter[Any]] = {}
    seen: dict[str, str] = {}
    for path in sorted((config_dir / "parameters").glob("*.yaml")):
        if path.name == TERRITORIES:
            continue
        file = f"parameters/{path.name}"
        for entry in _entries(read_yaml(path, faults, file=file), file, faults):
            name = str(entry.get("id"))
            if name not in fields:
                near = closest(name, list(fields))
                faults.append(Fault(file, f'parameter "{name}"', "", f"no rule knows it; remove it{near}"))
                continue
            if name in seen:
                faults.append(Fault(file, f'parameter "{name}"', f"stands in {seen[name]} too", "keep one"))
            seen[name] = file
            kind = cast("type[Parameter[Any]]", fields[name])
            parameter = validated(kind, entry, faults, file=file, label=f'parameter "{name}":')
            if parameter is not None:
                read[name] = parameter
    for name in sorted(fields.keys() - seen.keys()):
        faults.append(Fault("parameters", f'parameter "{name}"', "missing", "add it to the file of its provision"))
    return Law.model_validate(read) if read.keys() == fields.keys() else None


def _entries(data: Any, file: str, faults: list[Fault]) -> list[dict[str, Any]]:
    """The mappings of a parameter file; what is none is told."""
    if data is None:
        return []  # unreadable, which was told already
    if not isinstance(data, list):
        faults.append(Fault(file, "", "", "must be a list of parameters"))
        return []
    for number, entry in enumerate(data, 1):
        if not isinstance(entry, dict):
            faults.append(Fault(file, f"entry {number}", "", "must be a parameter: id, what, values"))
    return [entry for entry in data if isinstance(entry, dict)]

"""Which provisions of the law are modelled, and how well are their values sourced? The table of docs/law.md."""

from __future__ import annotations

from typing import Any

from tipcycle.config.law import load_law
from tipcycle.model.parameter import DatedValue, Parameter
from tipcycle.rules.coverage import PROVISIONS, Provision
from tipcycle.settings import settings


def law_coverage() -> str:
    """Two Markdown tables: provisions with their rules, then every dated value with its reference."""
    law = load_law(settings().config_dir).law
    parameters = {name.replace("_", "-"): getattr(law, name) for name in type(law).model_fields}
    lines = [
        "| provision | what | modelled | rule | parameters | verified |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    lines += [_provision(one, parameters) for one in PROVISIONS]
    lines += ["", "| parameter | since | reference | read in | verified |", "| --- | --- | --- | --- | --- |"]
    for name, parameter in sorted(parameters.items()):
        lines += [
            f"| `{name}` | {value.start} | {value.reference} | {value.source} | {_mark(value)} |"
            for value in parameter.values
        ]
    return "\n".join(lines) + "\n"


def _provision(one: Provision, parameters: dict[str, Parameter[Any]]) -> str:
    values = [value for name in one.parameters for value in parameters[name].values]
    verified = sum(value.verified for value in values)
    rule = f"`rules/{one.rule}.py`" if one.rule else ""
    note = f" ({one.note})" if one.note else ""
    named = ", ".join(f"`{name}`" for name in one.parameters)
    counted = f"{verified} of {len(values)} values" if values else ""
    return f"| {one.section} | {one.what}{note} | {one.modelled} | {rule} | {named} | {counted} |"


def _mark(value: DatedValue[Any]) -> str:
    return ("yes" if value.verified else "**no**") + (f": {value.note}" if value.note else "")

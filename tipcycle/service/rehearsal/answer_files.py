"""In which file does a simulated post send its answer? A workbook, YAML or a cable, in equal parts; all say made up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

import yaml

from tipcycle.model.submission import Submission
from tipcycle.operations.context import Context
from tipcycle.operations.make_workbook import workbook_form
from tipcycle.rendering.answer_cable import answer_cable
from tipcycle.rendering.workbook import make_workbook

Kind = Literal["xlsx", "yaml", "txt"]
KINDS: tuple[Kind, ...] = ("xlsx", "yaml", "txt")


def kind_of(number: int) -> Kind:
    """The kind of the post with that number in the list, the same for all its files."""
    return KINDS[number % len(KINDS)]


def written(form: Mapping[str, Any], kind: Kind, cycle: Context) -> bytes:
    """The file; `form` holds the fields as in YAML. Equal forms give equal bytes."""
    match kind:
        case "xlsx":
            made = workbook_form(cycle, form["country"], form["step"])
            identity = replace(made.identity, post=form["post"])
            return make_workbook(replace(made, identity=identity, answers=form), key=cycle.settings.signing_secret)
        case "txt":
            submission = Submission.model_validate(form)
            return answer_cable(cycle.config, submission, templates=cycle.templates).encode("ascii")
        case "yaml":
            head = "# EXAMPLE DATA: made up by the rehearsal's simulated posts.\n"
            return (
                head + yaml.dump(dict(form), Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True) + "...\n"
            ).encode()

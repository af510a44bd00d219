"""How does an answer read as a cable? As a template to fill in, or as the cable of an answer that is there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from tipcycle.cables.write_cable import write_cable
from tipcycle.model.answer_cable import DEMARCHE_LABELS, IDENTITY_LABELS, ITEM_LABELS, STANDARD_LABELS, STATISTIC_LABELS
from tipcycle.model.cable import Addressee, Cable, Header, Paragraph
from tipcycle.model.cycle import CycleConfig
from tipcycle.model.plan import ActionPlan
from tipcycle.model.statistic import CATEGORIES, Statistic
from tipcycle.model.submission import ItemAnswer, StandardAnswer, Submission, SubmissionStep
from tipcycle.rendering.templates import render
from tipcycle.rules.standards_in_force import asked_standards

_HEADING = re.compile(r"^== [a-z]+ \((?P<mark>[A-Z/]+)\)$", re.MULTILINE)
_TEMPLATE = "answer_cable.txt.j2"
_EMPTY_ITEM = "[status]. Narrative: [text]. By: [choose]. Government role: [text]. Evidence: [text]."
_EMPTY_STANDARD = "[choose]. Narrative: [text]. Evidence: [text]."
_EMPTY_FIGURE = (
    "[number]. Labor: [number]. Sex: [number]. Period: [day] to [day]. Basis: [choose]. Offense: [text]. "
    "Source: [text]."
)
_EMPTY_DEMARCHE = "Delivered on: [day]. Level: [text]. Officials: [text]. Reaction: [text]. Comments: [text]."


def answer_template(config: CycleConfig, iso3: str, step: SubmissionStep, *, templates: Path) -> str:
    """The cable with a place for each answer that is asked for: minimum standards, high-priority items, the others."""
    plan, reports = config.plans.get(iso3), step != "demarche"
    standards = asked_standards(config.law, report_year=config.report_year) if step == "annual-submission" else {}
    values = {
        "nil": False,
        "standards": [f"Standard {number}: {_EMPTY_STANDARD}" for number in standards],
        "items": [f"{item_id}: {_EMPTY_ITEM}" for item_id in _ids(plan)] if reports else [],
        "statistics": [f"{category}: {_EMPTY_FIGURE}" for category in CATEGORIES] if reports else [],
        "demarche": "" if reports else _EMPTY_DEMARCHE,
        "added": [],
        "remarks": "[text]",
    }
    identity = {"report_year": config.report_year, "step": step, "country": iso3, "post": config.post_for(iso3).name}
    return _written(config, iso3, identity | {"submitted_by": "[choose]"}, values, templates)


def answer_cable(config: CycleConfig, submission: Submission, *, templates: Path) -> str:
    """The cable of an answer, in the letters that a cable can carry."""
    made = submission.demarche
    values = {
        "nil": submission.nothing_to_report,
        "standards": [_standard(one) for one in submission.standards],
        "items": [_item(item) for item in submission.items],
        "statistics": [_figure(figure) for figure in submission.statistics],
        "demarche": _labelled(_demarche(made), DEMARCHE_LABELS) if made else "",
        "added": [f"{one.id}: {one.pillar}. {one.text}" for one in made.recommendations_added] if made else [],
        "remarks": submission.remarks,
    }
    return _written(config, submission.country, submission.model_dump(), values, templates)


def _written(
    config: CycleConfig, iso3: str, identity: Mapping[str, Any], values: dict[str, Any], templates: Path
) -> str:
    country, post = config.countries[iso3], config.post_for(iso3)
    text = render(templates, _TEMPLATE, **values, identity=_labelled(identity, IDENTITY_LABELS))
    parts = _HEADING.split(text)[1:]
    paragraphs = tuple(
        Paragraph(number, mark, tuple(" ".join(block.split()) for block in re.split(r"\n\s*\n", body.strip())))
        for number, (mark, body) in enumerate(zip(parts[::2], parts[1::2], strict=True), 1)
    )
    header = Header(
        sender=post.designator,
        to=(Addressee("SECSTATE WASHDC"),),
        classification="UNCLAS",
        origin=post.name.upper(),
        captions=("SENSITIVE",),
        tags=("KTIP", "PHUM", "PREL", country.tags),
        subject=f"{country.in_text.upper()}: TIP {str(identity['step']).upper()} FOR THE {config.report_year} REPORT",
    )
    return write_cable(Cable(header, paragraphs)).text


def _ids(plan: ActionPlan | None) -> list[str]:
    ordered = sorted(plan.recommendations, key=lambda item: not item.high_priority) if plan else []
    return [item.id for item in ordered]


def _item(item: ItemAnswer) -> str:
    return f"{item.id}: {item.status}. {_labelled(_said(item), ITEM_LABELS)}".strip()


def _standard(one: StandardAnswer) -> str:
    return f"Standard {one.id}: {one.met}. {_labelled(_said(one), STANDARD_LABELS)}".strip()


def _figure(figure: Statistic) -> str:
    said = _said(figure)
    total = said.pop("total", None) if figure.status == "provided" else None
    lead = str(figure.status if total is None else total)
    said["period"] = f"{figure.period.start} to {figure.period.end}"
    if figure.sentences:
        said |= {f"sentences.{kind}": value for kind, value in _said(figure.sentences).items()}
    return f"{figure.category}: {lead}. {_labelled(said, STATISTIC_LABELS)}"


def _demarche(made: BaseModel) -> dict[str, Any]:
    said = _said(made)
    return said | {"officials": "; ".join(said.get("officials", ()))}


def _said(entry: BaseModel) -> dict[str, Any]:
    """What is not left at its default."""
    return entry.model_dump(exclude_defaults=True)


def _labelled(said: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """`Label: value.` for each field that says something, in the order of the labels, each field once."""
    parts, told = [], set()
    for label, path in labels.items():
        value = said.get(path)
        if path not in told and value not in (None, "", ()):
            parts.append(f"{label}: {_ended(value)}")
            told.add(path)
    return " ".join(parts)


def _ended(value: object) -> str:
    if isinstance(value, date):
        return f"{value.isoformat()}."
    text = ", ".join(map(str, value)) if isinstance(value, (tuple, list)) else " ".join(str(value).split())
    return text if text.endswith((".", "!", "?")) else f"{text}."

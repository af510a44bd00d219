"""How does the action request of one country read as a cable? Numbered paragraphs, marked, 55 characters a line.

Source: 09 STATE 97909 (its duties, paragraph by paragraph) and 5 FAH-1 H-246 (numbering, portion marks, line length).
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tipcycle.calendar.places import Places
from tipcycle.errors import ConfigError, Fault
from tipcycle.model import moment
from tipcycle.model.cycle import CycleConfig
from tipcycle.model.obligation import Obligation
from tipcycle.model.placement import Listed
from tipcycle.model.plan import PILLARS, ActionPlan
from tipcycle.rendering.templates import render

LINE = 55
_HEADING = re.compile(r"^== (?P<name>[a-z]+) \((?P<mark>[A-Z/]+)\)$", re.MULTILINE)


@dataclass(frozen=True)
class Cable:
    """A finished cable: its subject line, and its text with header."""

    subject: str
    text: str


def render_action_request(
    entry: Listed,
    *,
    demarche: Obligation,
    report: Obligation,
    config: CycleConfig,
    places: Places,
    templates: Path,
) -> Cable:
    """The action request for one entry of the special watch list; one that moved up gets an update request."""
    country = config.countries[entry.iso3]
    post = config.post_for(entry.iso3)
    watch_listed = entry.group == "tier_2_watch_list"
    plan = config.plans.get(entry.iso3) or _no_plan(entry.iso3, config.report_year)
    years = f"{config.report_year - 1}-{config.report_year}"
    kind = "TIP TIER 2 WATCH LIST ACTION PLAN" if watch_listed else "TIP SPECIAL WATCH LIST UPDATE"
    subject = f"{country.in_text.upper()}: {kind} ({years})"
    zone = places.of_post(post).zone
    values = {
        "country": country,
        "post": post,
        "plan": plan,
        "pillars": PILLARS,
        "notes": [item for item in plan.recommendations if item.note],
        "report_year": config.report_year,
        "period": config.calendar.reporting_period,
        "interim_by": config.calendar.step("interim-release").statutory_on,
        "demarche_due": moment.prose(demarche.due_at, zone),
        "report_due": moment.prose(report.due_at, zone),
        "because": _moved(entry),
    }
    header = render(templates, "cable_header.txt.j2", **values, subject=_folded(f"SUBJECT: {subject}"))
    template = "action_request.txt.j2" if watch_listed else "update_request.txt.j2"
    return Cable(subject, header + "\n" + _paragraphs(templates, template, values))


def _no_plan(iso3: str, report_year: int) -> ActionPlan:
    """A country that moved up may have no plan; its update request then has no recommendations."""
    return ActionPlan.model_construct(
        country=iso3, report_year=report_year, example=False, source="", recommendations=()
    )


def _moved(entry: Listed) -> str:
    return "to Tier 1" if entry.group == "moved_up_to_1" else "from Tier 3 to Tier 2"


def _paragraphs(templates: Path, template: str, values: dict[str, object]) -> str:
    """Fill the template twice: once to learn the order of its headings, once with the numbers in place."""
    unnumbered = render(templates, template, **values, **_references(None, template))
    order = [found["name"] for found in _HEADING.finditer(unnumbered)]
    text = render(templates, template, **values, **_references(order, template))
    parts = _HEADING.split(text)[1:]
    paragraphs = [
        _folded_paragraph(number, mark, body.strip())
        for number, (mark, body) in enumerate(zip(parts[1::3], parts[2::3], strict=True), 1)
    ]
    return "\n\n".join(paragraphs) + "\n"


def _references(order: Sequence[str] | None, template: str) -> dict[str, Callable[..., str]]:
    """`para` and `paras` for a template; `order` is None while the paragraphs are not known yet."""

    def number(name: str) -> str:
        if order is None:
            return "0"
        if name not in order:
            remedy = f'there is no paragraph "{name}" to refer to; name one of {", ".join(order)}'
            raise ConfigError([Fault(f"config/templates/{template}", f'para("{name}")', "", remedy)])
        return str(order.index(name) + 1)

    def para(name: str) -> str:
        return f"para {number(name)}"

    def paras(first: str, last: str) -> str:
        return para(first) if first == last else f"paras {number(first)}-{number(last)}"

    return {"para": para, "paras": paras}


def _folded_paragraph(number: int, mark: str, body: str) -> str:
    blocks = re.split(r"\n\s*\n", f"{number}. ({mark}) {body}")
    return "\n\n".join(_folded(" ".join(block.split())) for block in blocks)


def _folded(text: str) -> str:
    return textwrap.fill(text, LINE, break_long_words=False, break_on_hyphens=False)

"""One answer in each of the four forms, written by hand so that any part of it can be wrong.

Parts are the text between `category:` and the end of its line, and the like; counts are written as they are given.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

from tests.workbooks import ANSWERED, filled

GOOD = {
    "report_year": "2010",
    "step": "progress-report",
    "country": "AZE",
    "post": "Baku",
    "submitted_by": "baku.action-officer",
    "item": "HP1",
    "status": "begun",
    "narrative": "Made up: two regions use it.",
    "remarks": "Made up.",
    "category": "prosecutions",
    "figure": "provided",
    "since": "2009-04-01",
    "to": "2009-10-31",
    "total": "12",
    "labour": "3",
    "sex": "9",
    "last_year": "11",
    "basis": "explicit offence",
    "offence": "Criminal Code, article on trafficking",
    "evidence": "",
    "authority": "",
    "source": "Prosecutor General",
    "host_term": "",
    "interpreted_by": "",
}
_COUNTS = ("total", "labour", "sex", "last_year")
_CELLS = {
    "item": "Recommendations!A5",
    "submitted_by": "Answer!B5",
    "status": "Recommendations!D5",
    "narrative": "Recommendations!E5",
    "remarks": "Answer!B7",
    "category": "Statistics!A6",
    "figure": "Statistics!B6",
    "since": "Statistics!C6",
    "to": "Statistics!D6",
    "total": "Statistics!E6",
    "labour": "Statistics!F6",
    "sex": "Statistics!G6",
    "basis": "Statistics!H6",
    "offence": "Statistics!I6",
    "evidence": "Statistics!J6",
    "authority": "Statistics!K6",
    "source": "Statistics!L6",
    "host_term": "Statistics!M6",
    "interpreted_by": "Statistics!N6",
    "last_year": "Statistics!O6",
}
_TEXTS = ("offence", "evidence", "authority", "source", "host_term", "interpreted_by")


def in_json(parts: dict[str, str]) -> bytes:
    """JSON; a count that is empty is left out."""
    quoted = {name: json.dumps(value, ensure_ascii=False) for name, value in parts.items()}
    counts = "".join(f'"{name}": {parts[name]}, ' for name in _COUNTS if parts[name])
    texts = "".join(f'"{name}": {quoted[name]}, ' for name in _TEXTS if parts[name])
    basis = f'"basis": {quoted["basis"]}, ' if parts["basis"] else ""
    return (
        f'{{"tipcycle": "submission/1", "report_year": {parts["report_year"]}, "step": {quoted["step"]}, '
        f'"country": {quoted["country"]}, "post": {quoted["post"]}, "submitted_by": {quoted["submitted_by"]}, '
        f'"items": [{{"id": {quoted["item"]}, "status": {quoted["status"]}, "narrative": {quoted["narrative"]}}}], '
        f'"statistics": [{{"category": {quoted["category"]}, {counts}{texts}{basis}"status": {quoted["figure"]}, '
        f'"period": {{"from": {quoted["since"]}, "to": {quoted["to"]}}}}}], "remarks": {quoted["remarks"]}}}'
    ).encode("utf-8", "surrogatepass")


def in_yaml(parts: dict[str, str]) -> bytes:
    """YAML: the same in flow style, with the end mark."""
    return b"# Made up.\n" + in_json(parts) + b"\n...\n"


def in_workbook(parts: dict[str, str]) -> bytes:
    """A workbook with what differs typed in; what only the identity says cannot be typed."""
    cells: dict[str, object] = dict(ANSWERED)
    for name, cell in _CELLS.items():
        value: object = parts[name]
        if name in _COUNTS and parts[name].isascii() and parts[name].isdigit():
            value = int(parts[name])
        elif name in ("since", "to"):
            try:
                value = date.fromisoformat(parts[name])
            except ValueError:
                value = parts[name]
        cells[cell] = value if value != "" else None
    return filled(cells)


def in_cable(parts: dict[str, str]) -> bytes:
    """The text of a cable; lines are not folded, which reading does not mind."""
    counts = {"labour": "Labor", "sex": "Sex", "last_year": "Last year"}
    texts = {"offence": "Offense", "evidence": "Evidence", "authority": "Authority", "source": "Source"}
    texts |= {"host_term": "Host term", "interpreted_by": "Interpreted by", "basis": "Basis"}
    labelled = " ".join(f"{label}: {parts[name]}." for name, label in (counts | texts).items() if parts[name])
    lead = parts["total"] if parts["figure"] == "provided" and parts["total"] else parts["figure"]
    total = f"Total: {parts['total']}. " if lead == parts["figure"] and parts["total"] else ""
    return (
        f"1. (U) TIPCYCLE ANSWER. Report: {parts['report_year']}. Step: {parts['step']}. Country: {parts['country']}. "
        f"Post: {parts['post']}. Submitted by: {parts['submitted_by']}.\n\n"
        f"2. (SBU) Recommendations:\n\n{parts['item']}: {parts['status']}. Narrative: {parts['narrative']}\n\n"
        f"3. (SBU) Statistics:\n\n{parts['category']}: {lead}. {total}Period: {parts['since']} to {parts['to']}. "
        f"{labelled}\n\n4. (SBU) Remarks: {parts['remarks']}\n\n5. (U) End of answer.\n"
    ).encode("utf-8", "surrogatepass")


FORMS: dict[str, Callable[[dict[str, str]], bytes]] = {
    "yaml": in_yaml,
    "json": in_json,
    "xlsx": in_workbook,
    "cable": in_cable,
}

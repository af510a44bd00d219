"""What does a cable in the layout of our template answer? Each finding names its paragraph and line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tipcycle.cables.read_cable import read_cable
from tipcycle.cables.reading import Reading
from tipcycle.intake.cable_labels import long, short, split_labels
from tipcycle.intake.read_outcome import SOURCE, Read, read_form, refused
from tipcycle.model.answer_cable import (
    ADDED,
    CLOSING,
    COUNTS,
    DEMARCHE,
    DEMARCHE_LABELS,
    EMPTY,
    IDENTITY_LABELS,
    ITEM_LABELS,
    ITEMS,
    NIL,
    OPENING,
    REMARKS,
    STANDARD_LABELS,
    STANDARDS,
    STATISTIC_LABELS,
    STATISTICS,
)
from tipcycle.model.submission import SubmissionFinding, worst_findings

_SENDS_ANSWER = re.compile(rf"^\s*(?:\d{{1,3}}\.\s*)?(?:\([A-Z/]+\)\s*)?{OPENING}\b", re.MULTILINE | re.IGNORECASE)
_IS_CABLE = re.compile(r"^(?:SUBJ(?:ECT)?:|FM [A-Z]|TAGS:|E\.?O\.? ?\d)", re.MULTILINE)
_BULLET = re.compile(r"-{1,2}\s*")
_ITEM = re.compile(r"(?P<id>[A-Za-z]{2,4}[1-9]\d?)\s*:\s*(?P<said>[^.;:]{1,40}?)\s*(?:[.;:]|$)\s*")
_LIKE_ITEM = re.compile(r"[A-Z]{2,4}[ -]?\d{1,2}\b")
_STANDARD = re.compile(
    r"(?:standard|indicium)\s+(?P<id>[0-9.]{1,9})\s*:\s*(?P<said>[^.;:]{1,40}?)\s*(?:[.;:]|$)\s*", re.IGNORECASE
)
_LIKE_STANDARD = re.compile(r"(?:standard|indicium)\s+\d|[0-9.]{1,9}\s*:", re.IGNORECASE)
_FIGURE = re.compile(r"(?P<category>[^:.;]{1,80}?)\s*:\s*(?P<said>[^.;:]{1,80}?)\s*(?:[.;]|$)\s*")
_PERIOD = re.compile(r"(?P<start>\d{4}-\d{2}-\d{2}) to (?P<end>\d{4}-\d{2}-\d{2})", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9]{1,9}")
_LONG = {"narrative", "government_role", "reaction", "comments"}
_TEMPLATE = "Use the layout of the template (tipcycle workbook COUNTRY --cable), one block for each entry."


@dataclass(frozen=True)
class _Block:
    """One block of a paragraph with the place of each character in it."""

    text: str
    where: Callable[[int], str]


@dataclass(frozen=True)
class _Led:
    """How an entry begins that is led by its number; a block `like` none goes on with the narrative before it."""

    begins: re.Pattern[str]
    like: re.Pattern[str]
    field: str
    labels: Mapping[str, str]
    example: str


_LED = {
    "items": _Led(_ITEM, _LIKE_ITEM, "status", ITEM_LABELS, "HP1: begun."),
    "standards": _Led(_STANDARD, _LIKE_STANDARD, "met", STANDARD_LABELS, "Standard 4.1: partly."),
}


@dataclass
class _Reading:
    """The form while it is read: its fields, the place of each part, and what cannot be read."""

    form: dict[str, Any] = field(default_factory=lambda: {"tipcycle": "submission/1"})
    places: dict[str, str] = field(default_factory=dict)
    findings: list[SubmissionFinding] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    closed: bool = False

    def fault(self, where: str, message: str, remedy: str = _TEMPLATE) -> None:
        self.findings.append(SubmissionFinding("file.line", "blocker", where, message, remedy, SOURCE))


def looks_like_a_cable(text: str) -> bool:
    """Whether it is for this reader: an answer by its opening words, or a cable by its header."""
    return bool(_SENDS_ANSWER.search(text) or _IS_CABLE.search(text))


def read_answer_cable(text: str) -> Read:
    """The answer; a paragraph that is none of the template's is taken into the remarks, so that nothing is lost."""
    if not _SENDS_ANSWER.search(text):
        told = f'The cable has no paragraph that begins "{OPENING}".'
        return refused("file.unreadable", "line 1", told, _TEMPLATE)
    reading = _Reading()
    for first, *more in _paragraphs(read_cable(text)):
        _read_paragraph(reading, first, more)
    if reading.remarks:
        reading.form["remarks"] = "\n\n".join(reading.remarks)
    if not reading.closed:
        last = f"line {len(text.splitlines())}"
        told = f'The cable does not end with "{CLOSING}.", so a part of it may be missing.'
        return refused("file.truncated", last, told, f'Send it again, whole; its last paragraph is "{CLOSING}."')
    if reading.findings:
        return Read(None, worst_findings(reading.findings))
    return read_form(reading.form, places=reading.places)


def _paragraphs(cable: Reading) -> Iterator[list[_Block]]:
    for paragraph, places in zip(cable.cable.paragraphs, cable.places, strict=True):
        number = f"paragraph {paragraph.number}, " if paragraph.number else ""
        blocks = [
            _Block(text, lambda offset, place=place, number=number: f"{number}line {place.line_at(offset)}")  # type: ignore[misc]
            for text, place in zip(paragraph.text, places, strict=True)
            if text.strip()
        ]
        if blocks:
            yield blocks


def _read_paragraph(reading: _Reading, first: _Block, more: list[_Block]) -> None:
    """The first words say which paragraph it is; its entries may begin in the same block or in the next one."""
    said = first.text.casefold()
    if said.startswith(OPENING.casefold()):
        _read_identity(reading, first)
    elif said.rstrip(" .") == CLOSING.casefold():
        reading.closed = True
    elif said.rstrip(" .") == NIL.casefold():
        reading.form["nothing_to_report"] = True
        reading.places["nothing_to_report"] = first.where(0)
    elif _heads(said, ITEMS):
        _read_entries(reading, _without_heading(first, ITEMS, more), "items", _read_led)
    elif _heads(said, STANDARDS):
        _read_entries(reading, _without_heading(first, STANDARDS, more), "standards", _read_led)
    elif _heads(said, STATISTICS):
        _read_entries(reading, _without_heading(first, STATISTICS, more), "statistics", _read_figure)
    elif _heads(said, ADDED):
        blocks = _without_heading(first, ADDED, more)
        _read_entries(reading, blocks, "demarche.recommendations_added", _read_added)
    elif _heads(said, DEMARCHE):
        _read_demarche(reading, _without_heading(first, DEMARCHE, more))
    else:
        _read_remarks(reading, [first, *more])
        return
    if more and said.startswith((OPENING.casefold(), CLOSING.casefold(), NIL.casefold())):
        _read_remarks(reading, more)


def _heads(said: str, heading: str) -> bool:
    return said.startswith(f"{heading.casefold()}:")


def _without_heading(first: _Block, heading: str, more: list[_Block]) -> list[_Block]:
    after = len(heading) + 1
    rest = first.text[after:].lstrip()
    skipped = len(first.text) - len(rest)
    inner = _Block(rest, lambda offset: first.where(offset + skipped))
    return [inner, *more] if rest else more


def _read_identity(reading: _Reading, block: _Block) -> None:
    if "country" in reading.form:
        reading.fault(block.where(0), "The cable answers twice.", "Send one cable for each answer.")
        return
    opening = len(OPENING)
    entry = _values(reading, block, IDENTITY_LABELS, start=opening, above="")
    if entry.get("report_year", "").isdigit():
        entry["report_year"] = int(entry["report_year"])
    entry["country"] = str(entry.get("country", "")).upper()
    reading.form |= entry
    for name in IDENTITY_LABELS.values():
        reading.places.setdefault(name, block.where(0))


def _read_entries(
    reading: _Reading,
    blocks: list[_Block],
    path: str,
    read_entry: Callable[[_Reading, _Block, str], dict[str, Any] | None],
) -> None:
    outer, _, name = path.rpartition(".")
    entries = (reading.form.setdefault(outer, {}) if outer else reading.form).setdefault(name, [])
    for block in blocks:
        bullet = _BULLET.match(block.text)
        skipped = bullet.end() if bullet else 0
        inner = _Block(block.text[skipped:], lambda offset, block=block, skip=skipped: block.where(offset + skip))  # type: ignore[misc]
        place = f"{path}[{len(entries) + 1}]"
        entry = read_entry(reading, inner, place)
        if entry is not None:
            entries.append(entry)
            reading.places[place] = inner.where(0)
        elif path in _LED and entries and not _begins(_LED[path], inner.text):
            entries[-1]["narrative"] = f"{entries[-1].get('narrative', '')}\n\n{inner.text}".strip()
    reading.places.setdefault(path, blocks[0].where(0) if blocks else "cable")


def _begins(led: _Led, text: str) -> bool:
    return bool(led.like.match(text) or led.begins.match(text))


def _read_led(reading: _Reading, block: _Block, path: str) -> dict[str, Any] | None:
    """An answer on a recommendation or a minimum standard: its number leads, and what it says may follow unlabelled."""
    table = path.partition("[")[0]
    led = _LED[table]
    found = led.begins.match(block.text)
    if not found:
        if led.like.match(block.text) or not reading.form[table]:
            told = f'"{block.text[:40]}" does not begin like an answer, such as "{led.example}"'
            reading.fault(block.where(0), told)
        return None
    number = found["id"].upper()
    if found["said"] in EMPTY:
        reading.places[f"{table} {number}"] = block.where(0)
        return None
    entry: dict[str, Any] = {"id": number, led.field: found["said"].lower()}
    reading.places[f"{path}.id"] = reading.places[f"{path}.{led.field}"] = block.where(0)
    said = split_labels(block.text, led.labels, start=found.end()).lead
    entry |= _values(reading, block, led.labels, start=found.end(), above=f"{path}.")
    if long(said):
        entry["narrative"] = f"{said} {entry.get('narrative', '')}".strip()
    return entry


def _read_figure(reading: _Reading, block: _Block, path: str) -> dict[str, Any] | None:
    found = _FIGURE.match(block.text)
    if not found:
        told = f'"{block.text[:40]}" does not begin like a figure, such as "prosecutions: 12."'
        reading.fault(block.where(0), told)
        return None
    if found["said"] in EMPTY:
        return None
    said = found["said"].lower()
    entry: dict[str, Any] = {"category": found["category"], "status": said}
    reading.places |= {f"{path}.{name}": block.where(0) for name in ("category", "status", "total", "period")}
    if _DIGITS.fullmatch(said):
        entry |= {"status": "provided", "total": int(said)}
    elif said not in ("provided", "not provided", "not comparable"):
        told = f'"{found["said"][:40]}" is neither a number in digits nor "not provided" or "not comparable".'
        reading.fault(block.where(found.start("said")), told, "Write digits only; an unknown is not provided, never 0.")
        return None
    labelled = split_labels(block.text, STATISTIC_LABELS, start=found.end())
    if labelled.lead:
        told = f'"{labelled.lead[:40]}" stands between the figure and its labels, and is not read.'
        reading.fault(block.where(found.end()), told, "Give one figure in digits, then its labels.")
        return None
    return entry | _values(reading, block, STATISTIC_LABELS, start=found.end(), above=f"{path}.")


def _read_added(reading: _Reading, block: _Block, path: str) -> dict[str, Any] | None:
    found = _ITEM.match(block.text)
    if not found:
        told = f'"{block.text[:40]}" does not begin like "POST1: protection."'
        reading.fault(block.where(0), told)
        return None
    return {"id": found["id"].upper(), "pillar": found["said"].lower(), "text": block.text[found.end() :]}


def _read_demarche(reading: _Reading, blocks: list[_Block]) -> None:
    made = reading.form.setdefault("demarche", {})
    for block in blocks:
        lead = split_labels(block.text, DEMARCHE_LABELS).lead
        if lead:
            reading.fault(block.where(0), f'"{lead[:40]}" has no label.')
            continue
        made |= _values(reading, block, DEMARCHE_LABELS, start=0, above="demarche.")
    if "officials" in made:
        made["officials"] = [one.strip() for one in made["officials"].split(";") if one.strip()]
    reading.places["demarche"] = blocks[0].where(0) if blocks else "cable"


def _read_remarks(reading: _Reading, blocks: list[_Block]) -> None:
    for block in blocks:
        heading = len(REMARKS) + 1
        text = block.text[heading:].strip() if _heads(block.text.casefold(), REMARKS) else block.text
        if long(text):
            reading.remarks.append(text)
            reading.places.setdefault("remarks", block.where(0))


def _values(reading: _Reading, block: _Block, labels: Mapping[str, str], *, start: int, above: str) -> dict[str, Any]:
    """The labelled values of a block, by the first part of their path; a label that stands twice is a fault."""
    by_label = {label.casefold(): path for label, path in labels.items()}
    entry: dict[str, Any] = {}
    seen: set[str] = set()
    for label, value, offset in split_labels(block.text, labels, start=start).values:
        path, where = by_label[label.casefold()], block.where(offset)
        if path in seen:
            reading.fault(where, f'"{label}" stands twice.', "Keep one of them.")
        seen.add(path)
        said = long(value) if path in _LONG else short(value)
        if not said:
            continue
        reading.places[f"{above}{path}"] = where
        outer, _, name = path.rpartition(".")
        inner = entry.setdefault(outer, {}) if outer else entry
        if outer:
            reading.places.setdefault(f"{above}{outer}", where)
        inner[name] = _typed(reading, path, said, where)
    return entry


def _typed(reading: _Reading, path: str, said: str, where: str) -> Any:
    """The value as the form has it; a fault where it cannot be one."""
    if path in COUNTS:
        if not _DIGITS.fullmatch(said):
            reading.fault(where, f'"{said[:40]}" is no count.', "Write it in digits only: no separators or estimates.")
            return None
        return int(said)
    if path == "sentences.prison_months":
        parts = [part for part in re.split(r"[,;\s]+", said) if part]
        if not all(_DIGITS.fullmatch(part) for part in parts):
            reading.fault(where, f'"{said[:40]}" are no lengths in months.', "Write them in digits: 36, 60.")
            return []
        return [int(part) for part in parts]
    if path == "period":
        found = _PERIOD.fullmatch(said)
        if not found:
            reading.fault(where, f'"{said[:60]}" is no single period.', "Write it as 2009-04-01 to 2009-10-31.")
            return None
        return {"from": found["start"], "to": found["end"]}
    if path == "basis":
        return said.lower().replace("offense", "offence")
    return said.lower() if path in ("by", "comparable", "could_provide", "step", "submitted_by") else said

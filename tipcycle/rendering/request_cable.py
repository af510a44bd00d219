"""How does the action request of one country read as a cable? Its words from templates, its layout from the writer.

Source: 09 STATE 97909 (its duties, paragraph by paragraph: docs/seed-duties.md); 5 FAH-1 H-246.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import ascii_uppercase

from tipcycle.cables.read_paragraphs import PORTION_MARKS
from tipcycle.cables.write_cable import write_cable
from tipcycle.errors import ConfigError, Fault
from tipcycle.model.action_request import ActionRequest
from tipcycle.model.cable import Addressee, Cable, CableNumber, Header, Paragraph, Reference
from tipcycle.rendering.cited import Cited
from tipcycle.rendering.markup import Part
from tipcycle.rendering.one_line import on_one_line
from tipcycle.rendering.sheet import parts_of_paper
from tipcycle.rendering.templates import render

_SUBJECT_TAGS = ("KCRM", "KWMN", "PHUM", "PREL", "SMIG", "KTIP")
_EXAMPLE = "EXAMPLE DATA: THIS PLAN IS DRAWN FROM A LIBRARY OF GENERAL RECOMMENDATIONS, NOT FROM ANY CABLE."
_HEADING = re.compile(r"^== (?P<name>[a-z]+) \((?P<mark>[A-Z/]+)\)$", re.MULTILINE)


@dataclass(frozen=True)
class RequestCable:
    """A finished cable: its subject line, its text with header, and a line for each thing to look at."""

    subject: str
    text: str
    warnings: tuple[str, ...]


def render_request_cable(request: ActionRequest, *, templates: Path) -> RequestCable:
    """The cable of a request; what has no spelling in ASCII is spelt out and warned of."""
    request = on_one_line(request)
    cited = Cited(request.references, by_letter=True)
    paragraphs = _paragraphs(request, cited, templates)
    banner = _EXAMPLE if request.about.example else ""
    written = write_cable(Cable(_header(request), paragraphs, banner=banner))
    found = tuple(f"{one.message} {one.remedy}" for one in written.findings)
    return RequestCable(request.subject, written.text, found + cited.warnings())


def _header(request: ActionRequest) -> Header:
    references = tuple(
        Reference(letter, CableNumber(one.year, one.origin, one.serial))
        for letter, one in zip(ascii_uppercase, request.references, strict=False)
    )
    return Header(
        sender="SECSTATE WASHDC",
        to=(Addressee(request.addressee),),
        classification="UNCLAS",
        origin="STATE",
        subject=request.subject,
        tags=(*_SUBJECT_TAGS, request.tags),
        precedence=request.precedence,
        captions=("SENSITIVE", "SIPDIS"),
        executive_order=f"{request.executive_order}: N/A",
        references=references,
    )


def _paragraphs(request: ActionRequest, cited: Cited, templates: Path) -> tuple[Paragraph, ...]:
    """Fill the template twice: once to learn the order of its headings, once with the numbers in place."""
    name = "request/cable.txt.j2" if request.watch_listed else "request/update_cable.txt.j2"
    values = {
        "about": request.about,
        "notes": request.post_notes.notes,
        "reftel": cited.reftel,
        "points": _as_blocks(parts_of_paper("talking-points", request, cited, templates=templates)),
        "non_paper": "",
    }
    if request.about.has_non_paper:
        values["non_paper"] = _as_blocks(parts_of_paper("non-paper", request, cited, templates=templates))
    unnumbered = render(templates, name, **values, **_references(None, name))
    order = [found["name"] for found in _HEADING.finditer(unnumbered)]
    if faults := _heading_faults(unnumbered, templates, name):
        raise ConfigError(faults)
    text = render(templates, name, **values, **_references(order, name))
    parts = _HEADING.split(text)[1:]
    return tuple(
        Paragraph(number, mark, tuple(re.split(r"\n\s*\n", body.strip())))
        for number, (mark, body) in enumerate(zip(parts[1::3], parts[2::3], strict=True), 1)
    )


def _heading_faults(text: str, templates: Path, name: str) -> list[Fault]:
    """What keeps a filled template from being a cable: no heading, a mistyped one, one twice, one without text."""
    file = f"config/templates/{name}"
    if not text.strip():
        return [Fault(file, "", "the template is empty", "restore its paragraphs, each under == name (portion mark)")]
    source = (templates / name).read_text(encoding="utf-8").splitlines()
    faults, met = [], list[str]()
    if not text.lstrip().startswith("== "):
        faults.append(Fault(file, "", "begins without a heading", "write == name (portion mark) above it"))
    for line in re.findall(r"^==.*$", text, re.MULTILINE):
        place = f"line {source.index(line) + 1}" if line in source else ""
        found = _HEADING.fullmatch(line)
        if not found or found["mark"] not in PORTION_MARKS:
            marks = ", ".join(f"({mark})" for mark in PORTION_MARKS)
            remedy = f"write == name and one of {marks}; a name is small letters only"
            faults.append(Fault(file, place, f'"{line[:60]}" is no heading', remedy))
        elif found["name"] in met:
            faults.append(Fault(file, "", f'the heading "{found["name"]}" stands twice', "give one another name"))
        met += [found["name"]] if found else []
    parts = _HEADING.split(text)[1:]
    empty = [heading for heading, body in zip(parts[::3], parts[2::3], strict=True) if not body.strip()]
    return faults + [Fault(file, "", f'no text under "{one}"', "write it, or take the heading out") for one in empty]


def _as_blocks(parts: Sequence[Part]) -> str:
    """A paper's parts, but for its title, as blocks of a cable; a remark ends its item."""
    blocks: list[str] = []
    for part in parts[1:]:
        if part.kind == "remark":
            blocks[-1] += f" {part.text}"
        else:
            blocks.append(_as_block(part))
    return "\n\n".join(blocks)


def _as_block(part: Part) -> str:
    match part.kind:
        case "heading" | "subheading":
            return f"{part.text}:"
        case "item":
            return f"-- {part.label}. {part.text}"
        case "point":
            return f"-- {part.text}"
    return part.text


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

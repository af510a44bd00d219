"""How does the action request of one country read as a cable? Its words from templates, its layout from the writer.

Source: 09 STATE 97909 (its duties, paragraph by paragraph: docs/seed-duties.md); 5 FAH-1 H-246.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from string import ascii_uppercase

from tipcycle.cables.write_cable import write_cable
from tipcycle.model.action_request import ActionRequest
from tipcycle.model.cable import Addressee, Cable, CableNumber, Header, Paragraph, Reference
from tipcycle.rendering.cable_paragraphs import cable_paragraphs
from tipcycle.rendering.cited import Cited
from tipcycle.rendering.markup import Part
from tipcycle.rendering.one_line import on_one_line
from tipcycle.rendering.sheet import parts_of_paper

_SUBJECT_TAGS = ("KCRM", "KWMN", "PHUM", "PREL", "SMIG", "KTIP")
_EXAMPLE = "EXAMPLE DATA: THIS PLAN IS DRAWN FROM A LIBRARY OF GENERAL RECOMMENDATIONS, NOT FROM ANY CABLE."


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
    return cable_paragraphs(templates, name, **values)


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

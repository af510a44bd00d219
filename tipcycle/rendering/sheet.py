"""What stands on each paper of a request, in which order? One sheet for text, DOCX and PDF, so that they say the same.

Source: 09 STATE 97909 paras 4 to 9. Its para 9 is SBU, and so is every sheet. Reading: its para 8 is (U); our points
say what the non-paper asks and the concerns behind it, so they are marked as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from tipcycle.errors import ConfigError, Fault
from tipcycle.model.action_request import About, ActionRequest, Marking
from tipcycle.model.moment import long_day
from tipcycle.rendering.cited import Cited
from tipcycle.rendering.markup import Part, parts_of
from tipcycle.rendering.one_line import on_one_line
from tipcycle.rendering.templates import render

Paper = Literal["non-paper", "talking-points", "notes"]

MARKINGS: dict[Marking, str] = {"U": "UNCLASSIFIED", "SBU": "SENSITIVE BUT UNCLASSIFIED"}
EXAMPLE = "EXAMPLE DATA: drawn from a library of general recommendations, not from any cable"
_PAPERS: dict[Paper, tuple[str, str, Marking]] = {
    "non-paper": ("Non-paper", "non_paper", "SBU"),
    "talking-points": ("Talking points", "talking_points", "SBU"),
    "notes": ("Implementation notes for post", "post_notes", "SBU"),
}


@dataclass(frozen=True)
class Sheet:
    """A paper before it has a format. `facts` are name and value, `example` is empty for real data."""

    paper: Paper
    called: str
    title: str
    marking: str
    example: str
    country: str
    years: str
    facts: tuple[tuple[str, str], ...]
    dated: date
    parts: tuple[Part, ...]


def sheet_of(paper: Paper, request: ActionRequest, *, templates: Path) -> Sheet:
    """The sheet of one paper; the words are those of config/templates/request/."""
    request = on_one_line(request)
    called, _, marking = _PAPERS[paper]
    parts = parts_of_paper(paper, request, Cited(request.references, by_letter=False), templates=templates)
    about = request.about
    return Sheet(
        paper=paper,
        called=called,
        title=parts[0].text,
        marking=MARKINGS[marking],
        example=EXAMPLE if about.example else "",
        country=about.country,
        years=about.years,
        facts=_facts(about, of_post=paper != "non-paper"),
        dated=about.dated,
        parts=parts[1:],
    )


def parts_of_paper(paper: Paper, request: ActionRequest, cited: Cited, *, templates: Path) -> tuple[Part, ...]:
    """The blocks of a paper, its title first; raises `ConfigError` for a template that is no paper."""
    name = f"request/{'' if request.watch_listed else 'update_'}{_PAPERS[paper][1]}.txt.j2"
    parts = parts_of(_words_of(name, paper, request, cited, templates))
    faults = [Fault(f"config/templates/{name}", *told) for told in _what_is_no_paper(parts)]
    if faults:
        raise ConfigError(faults)
    return parts


def _words_of(name: str, paper: Paper, request: ActionRequest, cited: Cited, templates: Path) -> str:
    """The filled template of a paper. Each gets its own part of the request alone: a non-paper's knows no note."""
    own: dict[Paper, dict[str, Any]] = {
        "non-paper": {"paper": request.non_paper},
        "talking-points": {"points": request.talking_points},
        "notes": {"notes": request.post_notes.notes, "reftel": cited.reftel},
    }
    return render(templates, name, about=request.about, **own[paper])


def _what_is_no_paper(parts: Sequence[Part]) -> Iterator[tuple[str, str, str]]:
    """Place, value and remedy of each fault; blocks count from 1 in the filled template."""
    if not parts:
        yield "", "the template is empty", "restore its words; the first block is = and the title"
        return
    if parts[0].kind != "title":
        yield "block 1", f'"{parts[0].text[:40]}" is no title', "begin with = and the title"
    for number, (before, part) in enumerate(pairwise(parts), 2):
        if part.kind == "title":
            yield f"block {number}", f'"{part.text[:40]}" is a second title', "make it a heading with #"
        if part.kind in ("remark", "note") and before.kind not in ("item", "remark", "note"):
            yield (
                f"block {number}",
                f'"{part.text[:40]}" stands beneath no item',
                "put it behind an item, or leave out the >",
            )


def _facts(about: About, *, of_post: bool) -> tuple[tuple[str, str], ...]:
    """A non-paper is nobody's letter: it names no post, and has no letterhead either."""
    return (
        ("Country", f"{about.country[0].upper()}{about.country[1:]}"),
        *([("Post", about.post_title)] if of_post else []),
        ("Cycle", f"{about.years} ({about.report_year} Report)"),
        ("Date", long_day(about.dated)),
    )

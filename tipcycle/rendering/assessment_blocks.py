"""What follows the front page of an assessment? Its blocks in order, the same for Markdown, Word and PDF.

What no file may hold (control characters, characters that turn writing round, halves of characters) is written as its
code, `[U+0007]`: a reader sees that something stood there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tipcycle.model.assessment_paper import (
    AssessmentPaper,
    FigureRow,
    FullPaper,
    InterimPaper,
    MissingReport,
    NotRequired,
    PaperChapter,
    paper_as_json,
    paper_from_json,
)

BlockKind = Literal["part", "chapter", "group", "heading", "under", "text", "item", "more", "table"]

_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)


@dataclass(frozen=True)
class Table:
    """Rows of texts below a head that repeats on each page; `shares` are the columns' parts of the width."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The cells down one column after the other, for a table that is a list of names."""
        return tuple(cell for column in zip(*self.rows, strict=True) for cell in column if cell)


@dataclass(frozen=True)
class Block:
    """One block; `label` is an item's. `part`, `chapter` or `group`, `heading` are the levels of headings."""

    kind: BlockKind
    text: str = ""
    label: str = ""
    table: Table | None = None


def printable(paper: AssessmentPaper) -> AssessmentPaper:
    """The paper with every character that a file cannot hold written as its code."""
    return paper_from_json(_evened(paper_as_json(paper)))


def blocks_of(paper: AssessmentPaper) -> tuple[Block, ...]:
    """Everything behind the front page, in order."""
    return tuple(_interim(paper) if isinstance(paper, InterimPaper) else _full(paper))


def _interim(paper: InterimPaper) -> Iterator[Block]:
    yield from _about(paper)
    yield Block("part", "The special watch list by group")
    counted = sum(group.counted for group in paper.groups)
    others = sum(group.not_counted for group in paper.groups)
    yield Block("text", f"The list has {_counts(counted, others)}, in three groups.")
    for group in paper.groups:
        yield Block("group", f"{group.title}: {_counts(group.counted, group.not_counted)}")
        if group.rows:
            named = [f"{row.country} ({row.remark})" if row.remark else row.country for row in group.rows]
            yield Block("table", table=_in_columns(named, 3))
    yield from _chapters(paper.chapters)
    yield from _annexes(paper.missing, paper.not_required, report="progress report")


def _full(paper: FullPaper) -> Iterator[Block]:
    yield from _about(paper)
    yield Block("part", "Tier placements")
    for tier in paper.tiers:
        yield Block("group", f"{tier.title}: {_counts(tier.counted, tier.not_counted)}")
        if tier.rows:
            placed = tuple(
                (row.country, row.last, "; ".join(filter(None, (row.move, row.remark)))) for row in tier.rows
            )
            yield Block("table", table=Table(("Country", "Last Report", "Move"), placed, (4, 3, 4)))
    yield Block("part", "Law enforcement figures")
    yield Block("text", "In parentheses: of it for labor trafficking. What a government did not give is never 0.")
    if paper.totals:
        totals = tuple((one.category, one.total, one.labour, one.given_by) for one in paper.totals)
        columns = ("World", "Total of figures given", "of it labor", "Given by")
        yield Block("table", table=Table(columns, totals, (3, 3, 3, 5)))
    if paper.figures:
        yield Block("table", table=_figures(paper.figures))
    yield from _chapters(paper.chapters)
    yield from _annexes(paper.missing, paper.not_required, report="annual submission")


def _figures(rows: Sequence[FigureRow]) -> Table:
    """A row a country; whether figures stand beside last year's has a column only where anybody said so."""
    head = ("Country", "Investigations", "Prosecutions", "Convictions", "Sentences")
    if not any(one.comparable for one in rows):
        return Table(head, tuple((one.country, *one.cells) for one in rows), (4, 3, 3, 3, 3))
    told = tuple((one.country, *one.cells, one.comparable) for one in rows)
    return Table((*head, "With last year"), told, (4, 3, 3, 3, 3, 4))


def _about(paper: AssessmentPaper) -> Iterator[Block]:
    yield Block("part", "About this assessment")
    yield from (Block("text", line) for line in paper.front.method)
    if paper.front.without:
        yield Block("group", "Without concurrence")
        yield from (Block("text", line) for line in paper.front.without)


def _chapters(chapters: Iterable[PaperChapter]) -> Iterator[Block]:
    yield Block("part", "Country chapters")
    for chapter in chapters:
        yield Block("chapter", chapter.country)
        if chapter.under:
            yield Block("under", chapter.under)
        for section in chapter.sections:
            yield Block("heading", section.title)
            for one in section.paragraphs:
                yield Block("more" if one.continues else "item" if one.label else "text", one.text, one.label)


def _annexes(missing: Sequence[MissingReport], not_required: Sequence[NotRequired], *, report: str) -> Iterator[Block]:
    yield Block("part", f"Annex A: Missing {report}s")
    if missing:
        yield Block(
            "text", f"No {report} came for these. The days are those on which a request or reminder really went out."
        )
        head = ("Country", "Post", "Due", "Asked", "Reminded", "Escalated")
        rows = tuple((one.country, one.post, one.due, one.asked, one.reminded, one.escalated) for one in missing)
        yield Block("table", table=Table(head, rows, (4, 4, 4, 4, 5, 4)))
    else:
        yield Block("text", f"None: every {report} came, was waived, or attested that there was nothing to report.")
    yield Block("part", "Annex B: Reports not required, or nil")
    if not_required:
        others = tuple((one.country, one.post, one.standing, one.because) for one in not_required)
        yield Block("table", table=Table(("Country", "Post", "Standing", "Because"), others, (4, 4, 4, 8)))
    else:
        yield Block("text", "None.")


def _counts(counted: int, not_counted: int) -> str:
    told = f"{counted} {'country' if counted == 1 else 'countries'}"
    more = {0: "", 1: " and 1 territory, which is not counted as a country"}
    return told + more.get(not_counted, f" and {not_counted} territories, which are not counted as countries")


def _in_columns(names: Sequence[str], columns: int) -> Table:
    """Names down one column after the other."""
    height = -(-len(names) // columns)
    rows = tuple(
        tuple(names[at + column * height] if at + column * height < len(names) else "" for column in range(columns))
        for at in range(height)
    )
    return Table((), rows, (1,) * columns)


def _evened(value: Any) -> Any:
    if isinstance(value, str):
        return _UNPRINTABLE.sub(lambda found: f"[U+{ord(found.group()):04X}]", value)
    if isinstance(value, dict):
        return {name: _evened(one) for name, one in value.items()}
    return [_evened(one) for one in value] if isinstance(value, list) else value

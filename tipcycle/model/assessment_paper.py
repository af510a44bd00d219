"""What is printed in a compiled assessment? Every text of it, frozen: the files are drawn from this value alone.

The interim assessment has no field for a tier, since none changes there (09 STATE 97909 paras 3 and 8).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import date
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")

Nature = Literal["draft", "release", "supplement", "erratum"]


@dataclass(frozen=True)
class Edition:
    """Which edition this is: `version` counts releases from 1, 0 is a draft; `on` is the day of it, in Washington.

    `changed` names the countries whose chapter is not that of the version before, in order.
    """

    nature: Nature
    version: int
    on: date
    reason: str = ""
    changed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Front:
    """The front page and what precedes the chapters; every text is ready to print.

    `examples` say what is made up, `changed` what is new since the version before ("" in a first one), `footer` the
    edition in a few words for every page; `due` are the three dates and any lateness, `method` and `without` are
    paragraphs.
    """

    report_year: int
    title: str
    subtitle: str
    marking: str
    examples: tuple[str, ...]
    edition: Edition
    edition_line: str
    changed: str
    footer: str
    due: tuple[str, ...]
    method: tuple[str, ...]
    without: tuple[str, ...]


@dataclass(frozen=True)
class Paragraph:
    """Some words of a section; `label` names an item (`HP1`), one that `continues` belongs to the item above."""

    text: str
    label: str = ""
    continues: bool = False


@dataclass(frozen=True)
class PaperSection:
    """A heading of a chapter and what stands below it."""

    title: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class PaperChapter:
    """One country's chapter as printed, and which version of it; `under` is the line below its name."""

    iso3: str
    country: str
    under: str
    sections: tuple[PaperSection, ...]
    document: str = ""
    version: int = 0
    content_hash: str = ""


@dataclass(frozen=True)
class GroupRow:
    """An entry of a table of countries; `remark` is "" or such as "not counted as a country"."""

    country: str
    remark: str = ""


@dataclass(frozen=True)
class ListGroup:
    """A group of the special watch list; `counted` leaves out what State does not count as a country."""

    title: str
    counted: int
    not_counted: int
    rows: tuple[GroupRow, ...]


@dataclass(frozen=True)
class PlacedRow:
    """A country placed in this Report, beside where it stood in the last one; `move` is "" where nothing moved."""

    country: str
    last: str
    move: str
    remark: str = ""


@dataclass(frozen=True)
class PlacedGroup:
    """The countries of one tier of the coming Report."""

    title: str
    counted: int
    not_counted: int
    rows: tuple[PlacedRow, ...]


@dataclass(frozen=True)
class MissingReport:
    """A report that did not come, with the ledger's days."""

    country: str
    post: str
    due: str
    asked: str
    reminded: str
    escalated: str


@dataclass(frozen=True)
class NotRequired:
    """A report that was waived or attested to be nil: `standing` and who answers for it, in words."""

    country: str
    post: str
    standing: str
    because: str


@dataclass(frozen=True)
class FigureRow:
    """One country's figures: a cell a category, and in `comparable` whether they stand beside last year's."""

    country: str
    cells: tuple[str, ...]
    comparable: str


@dataclass(frozen=True)
class WorldTotal:
    """A category added up over the figures provided, and how many countries provided one."""

    category: str
    total: str
    labour: str
    given_by: str


@dataclass(frozen=True)
class InterimPaper:
    """The compiled interim assessment; chapters stand in the order of the countries' names."""

    front: Front
    groups: tuple[ListGroup, ...]
    chapters: tuple[PaperChapter, ...]
    missing: tuple[MissingReport, ...]
    not_required: tuple[NotRequired, ...]
    kind: Literal["interim-assessment"] = "interim-assessment"


@dataclass(frozen=True)
class FullPaper:
    """The compiled full assessment; chapters stand in the order of the countries' names."""

    front: Front
    tiers: tuple[PlacedGroup, ...]
    figures: tuple[FigureRow, ...]
    totals: tuple[WorldTotal, ...]
    chapters: tuple[PaperChapter, ...]
    missing: tuple[MissingReport, ...]
    not_required: tuple[NotRequired, ...]
    kind: Literal["full-assessment"] = "full-assessment"


AssessmentPaper = InterimPaper | FullPaper


def paper_as_json(paper: AssessmentPaper) -> dict[str, Any]:
    """The paper as plain values: lists, numbers and texts, dates in ISO form."""
    return _plain(asdict(paper))  # type: ignore[no-any-return]


def paper_from_json(data: dict[str, Any]) -> AssessmentPaper:
    """The paper again."""
    return _made(InterimPaper, data) if data["kind"] == "interim-assessment" else _made(FullPaper, data)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _made(kind: type[T], data: dict[str, Any]) -> T:
    hints = get_type_hints(kind)
    named = [one.name for one in fields(kind)]  # type: ignore[arg-type]  # every kind here is a dataclass
    return kind(**{name: _value(hints[name], data[name]) for name in named})


def _value(hint: Any, value: Any) -> Any:
    if get_origin(hint) is tuple:
        one = get_args(hint)[0]
        return tuple(_value(one, each) for each in value)
    if is_dataclass(hint) and isinstance(hint, type):
        return _made(hint, value)
    return date.fromisoformat(value) if hint is date else value

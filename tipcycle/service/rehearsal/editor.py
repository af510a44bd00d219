"""How does an officer edit a chapter in a rehearsal? Its exported file, a sentence more, and back again."""

from __future__ import annotations

from datetime import datetime

from tipcycle.errors import TipcycleError
from tipcycle.operations.import_chapter import import_chapter
from tipcycle.operations.read_chapter_state import export_chapter

_ADDED = "An editor of the rehearsal added this sentence; it is made up."


def edit_chapter(report_year: int, kind: str, iso3: str, position: str, at: datetime) -> None:
    """Add a sentence to a chapter's file and import it; raises with every line in doubt."""
    page, *_ = export_chapter(report_year, iso3, kind=kind, at=at)
    page.write_text(f"{page.read_text(encoding='utf-8').rstrip()}\n\n{_ADDED}\n", encoding="utf-8")
    report = import_chapter(page, position=position, at=at, preview=False)
    if report.faults or report.version is None:
        raise TipcycleError("\n".join([f"{page.name} was not taken in", *map(str, report.faults)]))

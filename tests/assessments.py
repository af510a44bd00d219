"""An interim assessment whose chapters are written by hand, cleared by everybody of its chain, and released."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from tipcycle.errors import StoreError
from tipcycle.model.chapter import Chapter, ChapterKind, Section, Sentence
from tipcycle.model.document import ChapterVersion
from tipcycle.model.keys import document_key
from tipcycle.operations.assemble_interim_assessment import record_draft
from tipcycle.operations.clear_documents import clear_documents
from tipcycle.operations.context import context
from tipcycle.operations.release_document import ReleaseReport, release_document
from tipcycle.settings import settings
from tipcycle.store import Store

YEAR = 2010
BUREAUS = ("af.bureau", "eap.bureau", "eur.bureau", "nea.bureau", "sca.bureau", "wha.bureau")
COMPILED_CHAIN = ("l.clearer", "h.clearer", "gtip.director")


def write_chapter(
    store: Store,
    iso3: str,
    at: datetime,
    *,
    text: str = "Made up for a test.",
    made_by: str = "tipcycle",
    kind: ChapterKind = "interim-chapter",
) -> ChapterVersion:
    """The next version of a country's chapter, of one sentence."""
    key = document_key(YEAR, kind, iso3)
    last = store.chapters.latest(key)
    sentence = Sentence("editor.1", text, written_by=made_by)
    name = context(YEAR).config.countries[iso3].name
    chapter = Chapter(kind, YEAR, iso3, name, (Section("efforts", "Efforts", (sentence,)),))
    number = last.version + 1 if last else 1
    cause = "written by hand in a test"
    version = ChapterVersion(key, number, YEAR, kind, iso3, at, made_by, cause, chapter.content_hash, chapter)
    store.chapters.add(version)
    return version


def change_chapter(iso3: str, at: datetime, *, text: str = "Changed.", made_by: str = "tipcycle") -> None:
    """A new version of a chapter, in a transaction of its own."""
    with Store.begin(settings().ledger_url) as store:
        write_chapter(store, iso3, at, text=text, made_by=made_by)


def draft_interim(at: datetime) -> list[str]:
    """Let the draft be made, with a chapter for each entry of the list that has none yet; return the countries."""
    with Store.begin(settings().ledger_url) as store:
        listed = [entry.iso3 for entry in store.cycles.special_watch_list(YEAR)]
        written = store.chapters.latest_of_cycle(YEAR, "interim-chapter")
        for iso3 in listed:
            if iso3 not in written:
                write_chapter(store, iso3, at)
    record_draft(YEAR, at)
    return listed


def clear_chapters(at: datetime, *, excluding: Collection[str] = ()) -> int:
    """Let every bureau but those excluded, and then DRL unless excluded, clear what waits for it; return how many."""
    with Store.read(settings().ledger_url) as store:
        written = store.chapters.latest_of_cycle(YEAR, "interim-chapter")
    bureaus = {f"{(context(YEAR).config.post_for(iso3).bureau or '').lower()}.bureau" for iso3 in written}
    decided = 0
    for position in (*sorted(bureaus), "drl.clearer"):
        if position not in excluding:
            report = clear_documents(
                YEAR, document="interim-chapter", decision="cleared", position=position, at=at, preview=False
            )
            decided += report.decided
    return decided


def clear_compiled(at: datetime, *positions: str) -> None:
    """Let these positions (or the whole chain) clear the compiled interim assessment, one after the other."""
    for position in positions or COMPILED_CHAIN:
        clear_documents(
            YEAR, document="interim-assessment", decision="cleared", position=position, at=at, preview=False
        )


def clear_interim(at: datetime) -> None:
    """Clear every chapter and the compiled document."""
    clear_chapters(at)
    clear_compiled(at)


def release_interim(at: datetime, **changed: object) -> ReleaseReport:
    """Release the interim assessment."""
    values: dict[str, object] = {"document": "interim-assessment", "position": "gtip.director", "preview": False}
    return release_document(YEAR, at=at, **(values | changed))  # type: ignore[arg-type]


def why_not_released(at: datetime, **changed: object) -> str:
    """The words of a refused release."""
    try:
        release_interim(at, **changed)
    except StoreError as error:
        return str(error)
    raise AssertionError("it was released")

"""How does each document of a kind stand with its chain, as the ledger has its text now?"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from tipcycle.clearance.chain import ChainStanding, Seat, SeatStanding, seats_of, standing_of
from tipcycle.model.clearance import Clearance, Override
from tipcycle.model.clearance_chain import ClearanceChain
from tipcycle.model.counted import counted_of
from tipcycle.model.document import CHAPTERS_OF
from tipcycle.model.keys import document_key, obligation_key
from tipcycle.operations.context import Context
from tipcycle.operations.request_drafts import STEP as ACTION_REQUEST
from tipcycle.operations.request_drafts import drafts_of, unsent_countries
from tipcycle.store import Store
from tipcycle.store.chapters import ChapterHead

# The step whose being done says that an assessment may be cleared. A chapter of the full assessment says on which tier
# its country was placed, so it is cleared once every country is.
DRAFTED_WITH = {"interim-assessment": "interim-draft", "full-assessment": "tier-placement"}
_NOT_DRAFTED = {
    "interim-assessment": "its draft is not made yet",
    "full-assessment": "not every country is placed yet",
}
ASSESSMENT_OF: dict[str, str] = {chapter: compiled for compiled, chapter in CHAPTERS_OF.items()}


@dataclass(frozen=True)
class Document:
    """`iso3` is empty for a compiled document; `drafters` may neither clear nor override this text.

    `name` and `label` are for people: `chapter on Azerbaijan` and `AZE`. `version` is 0 where none are kept.
    """

    key: str
    kind: str
    iso3: str
    name: str
    content_hash: str
    drafters: frozenset[str]
    seats: tuple[Seat, ...]
    standing: ChainStanding
    version: int = 0
    warnings: tuple[str, ...] = ()
    about: str = ""

    @property
    def label(self) -> str:
        """What begins a line about it."""
        return self.iso3 or self.kind


def documents_of(store: Store, cycle: Context, kind: str) -> dict[str, Document]:
    """The documents of a kind by key, in order; of action requests those that are not sent."""
    if kind == ACTION_REQUEST:
        return requests_to_clear(store, cycle, unsent_countries(store, cycle.config.report_year))
    whole = documents_of_assessment(store, cycle, ASSESSMENT_OF.get(kind, kind))
    return {key: one for key, one in whole.items() if one.kind == kind}


def requests_to_clear(store: Store, cycle: Context, countries: Sequence[str]) -> dict[str, Document]:
    """The action requests to these countries, as they would go out now."""
    year, chain = cycle.config.report_year, cycle.config.clearance[ACTION_REQUEST]
    found = {}
    for iso3, draft in drafts_of(store, cycle, list(countries)).items():
        country = cycle.config.countries[iso3].name
        key = document_key(year, ACTION_REQUEST, iso3)
        found[key] = Document(
            key,
            ACTION_REQUEST,
            iso3,
            f"cable to {country}",
            draft.content_hash,
            frozenset(chain.drafted_by),
            draft.seats,
            draft.standing,
            warnings=draft.warnings,
            about=f"{draft.lines} lines",
        )
    return found


def documents_of_assessment(store: Store, cycle: Context, assessment: str) -> dict[str, Document]:
    """Every chapter that was written, in order of iso3, and the compiled document last; nothing while there is none."""
    year = cycle.config.report_year
    kind = CHAPTERS_OF[assessment]
    heads = store.chapters.heads(year, kind)
    if not heads:
        return {}
    editors = _editors_of(store, year, kind, heads)
    decisions, overrides = store.clearances.of_cycle(year), store.clearances.overrides(year)
    blocked = "" if _is_drafted(store, year, assessment) else _NOT_DRAFTED[assessment]
    chain = cycle.config.clearance[kind]
    found = {}
    for head in heads:
        drafters = frozenset({*chain.drafted_by, *editors[head.content_hash], head.made_by} - {"tipcycle"})
        seats = seats_of(chain, bureau=cycle.config.post_for(head.iso3).bureau, drafters=drafters)
        standing = standing_of(
            seats,
            content_hash=head.content_hash,
            decisions=decisions.get(head.document, ()),
            overrides=overrides.get(head.document, ()),
            blocked=blocked,
        )
        found[head.document] = _chapter(cycle, chain, head, drafters=drafters, seats=seats, standing=standing)
    return found | _compiled(cycle, assessment, found, decisions, overrides, blocked=blocked)


def text_of_chapters(hashes: Mapping[str, str]) -> str:
    """The hash of a compiled document, from the content hash of each chapter by key: any that changes, changes it."""
    lines = "".join(f"{key} {content_hash}\n" for key, content_hash in sorted(hashes.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def whom_to_ask(seat: Seat, drafters: Collection[str]) -> str:
    """Its own position, or who decides in its place if that drafted the text."""
    return next((holder for holder in seat.holders if holder not in drafters), seat.position)


def waits_on(document: Document) -> dict[str, SeatStanding]:
    """The seats whose turn it is, by whom to ask for each."""
    return {
        whom_to_ask(one.seat, document.drafters): one
        for one in document.standing.seats
        if one.seat.position in document.standing.waits_for
    }


def changed_after_clearance(documents: Collection[Document]) -> list[str]:
    """The countries whose chapter changed after somebody had decided upon it, sorted."""
    return sorted(one.iso3 for one in documents if one.iso3 and one.standing.standing == "changed")


_editors: dict[str, frozenset[str]] = {}  # by content hash, which covers who wrote each sentence


def _editors_of(store: Store, year: int, kind: str, heads: Sequence[ChapterHead]) -> Mapping[str, frozenset[str]]:
    """Who wrote a sentence that stands in each of these texts; a text is read once a process, for it never changes."""
    unread = [head.iso3 for head in heads if head.content_hash not in _editors]
    for version in (store.chapters.latest_of_cycle(year, kind, unread) if unread else {}).values():
        _editors[version.content_hash] = frozenset(one.written_by for one in version.chapter.sentences())
    return _editors


def _chapter(
    cycle: Context,
    chain: ClearanceChain,
    head: ChapterHead,
    *,
    drafters: frozenset[str],
    seats: tuple[Seat, ...],
    standing: ChainStanding,
) -> Document:
    return Document(
        head.document,
        chain.document,
        head.iso3,
        f"chapter on {cycle.config.countries[head.iso3].in_text}",
        head.content_hash,
        drafters,
        seats,
        standing,
        version=head.version,
        about=f"version {head.version}",
    )


def _compiled(
    cycle: Context,
    assessment: str,
    chapters: Mapping[str, Document],
    decisions: Mapping[str, Sequence[Clearance]],
    overrides: Mapping[str, Sequence[Override]],
    *,
    blocked: str,
) -> dict[str, Document]:
    key = document_key(cycle.config.report_year, assessment, None)
    chain = cycle.config.clearance[assessment]
    seats = seats_of(chain, bureau=None, drafters=chain.drafted_by)
    content_hash = text_of_chapters({one.key: one.content_hash for one in chapters.values()})
    standing = standing_of(
        seats,
        content_hash=content_hash,
        decisions=decisions.get(key, ()),
        overrides=overrides.get(key, ()),
        blocked=blocked or _chapters_first(list(chapters.values())),
    )
    name = f"compiled {assessment.replace('-', ' ')}"
    about = counted_of(len(chapters), "chapter")
    return {
        key: Document(
            key, assessment, "", name, content_hash, frozenset(chain.drafted_by), seats, standing, about=about
        )
    }


def _chapters_first(chapters: Sequence[Document]) -> str:
    waiting = [one for one in chapters if one.standing.standing != "cleared"]
    if not waiting:
        return ""
    told = ", ".join(f"{one.iso3} ({one.standing.because})" for one in waiting[:3])
    more = f" and {len(waiting) - 3} more" if len(waiting) > 3 else ""
    do = "does" if len(waiting) == 1 else "do"
    return f"{len(waiting)} of its {len(chapters)} chapters {do} not stand cleared: {told}{more}"


def _is_drafted(store: Store, year: int, assessment: str) -> bool:
    key = obligation_key(year, DRAFTED_WITH[assessment], None)
    made = store.obligations.by_key([key]).get(key)
    return made is not None and made.standing != "missing"

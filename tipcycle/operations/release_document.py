"""Release a compiled assessment once everybody cleared it (or somebody signed for the silent) and a day has passed.

A release freezes what it was drawn from. Its files are written beside their folder, the ledger's row is committed, then
the folder is renamed: a crash leaves nothing released, or a release whose files can be made again byte for byte.
Source: 22 U.S.C. 7107(b); decision 0013.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from tipcycle.clearance.hold import held_until
from tipcycle.errors import StoreError
from tipcycle.model.document import CHAPTERS_OF, Release, ReleaseNature
from tipcycle.model.keys import document_key, obligation_key
from tipcycle.model.moment import day
from tipcycle.model.signing_code import Deed, deed_of
from tipcycle.operations.approval import require_position, require_reason
from tipcycle.operations.ask_clearance import ask_next
from tipcycle.operations.compile_assessment import compile_files, frozen_inputs
from tipcycle.operations.context import Context, context
from tipcycle.operations.documents_to_clear import Document, documents_of_assessment
from tipcycle.operations.obligation_life import fulfil
from tipcycle.operations.override_clearance import override_silence
from tipcycle.operations.release_files import (
    folder_of,
    hash_of_inputs,
    hashes_of_files,
    publish,
    rebuild,
    write_beside,
)
from tipcycle.operations.require_code import deciding, require_code
from tipcycle.operations.unplaced_countries import unplaced_countries
from tipcycle.store import Store

RELEASED_WITH = {"interim-assessment": "interim-release", "full-assessment": "report-release"}


@dataclass(frozen=True)
class ReleaseReport:
    """`lines` say what was (or would be) done; `released` is the version that is out now, None if none went out.

    `to_sign` is what a form needs a code for: a release, or going on without the silent.
    """

    lines: tuple[str, ...]
    released: int | None
    done: bool
    to_sign: Deed | None = None


@dataclass(frozen=True)
class _Wish:
    kind: str
    position: str
    nature: ReleaseNature
    without: tuple[str, ...]
    reason: str
    at: datetime
    preview: bool
    code: str | None


def release_document(
    report_year: int,
    *,
    document: str,
    position: str,
    nature: ReleaseNature = "release",
    without: Sequence[str] = (),
    reason: str = "",
    at: datetime,
    preview: bool,
    code: str | None = None,
) -> ReleaseReport:
    """Release a compiled document; raises `StoreError` with every reason why it may not go.

    With `without` it only records that these silent positions are not waited for: the day of hold begins then. A
    supplement or erratum whose changed chapters nobody was asked to clear asks for that first, and releases nothing;
    that needs no code. What a form releases or signs needs the one-time `code` (decision 0019).
    """
    cycle = context(report_year)
    if document not in CHAPTERS_OF:
        raise StoreError(f'"{document}" is not released by itself; name one of {", ".join(CHAPTERS_OF)}')
    require_position(cycle.config, position)
    published: tuple[Release, Path] | None = None
    with deciding(cycle.settings.ledger_url) as store:
        store.require_possible(at)
        at = max(at, store.last_tick_at() or at)
        wish = _Wish(document, position, nature, tuple(without), reason, at, preview, code)
        known = documents_of_assessment(store, cycle, document)
        _require_chapters(store, cycle, wish, known)
        if without:
            return _go_on_without(store, cycle, wish, known)
        _require_entitled(cycle, wish)
        before = store.releases.of_document(document_key(report_year, document, None))
        changed = _changed_since(store, cycle, wish, known, before)
        asked = _begin_supplement(store, cycle, wish) if before else []
        if asked:
            return ReleaseReport(tuple(asked), None, done=not preview)
        _require_cleared(store, cycle, wish, known)
        lines = [*_dates(cycle, wish), *(f"changed since version {before[-1].version}: {one}" for one in changed)]
        to_sign = _to_sign(cycle, wish, known, lines, version=len(before) + 1)
        if preview:
            return ReleaseReport(tuple(lines), None, done=False, to_sign=to_sign)
        signed = require_code(store, to_sign, code, at=at)
        published = _freeze(store, cycle, wish, known, signed, changed=changed, version=len(before) + 1)
        lines.append(f"{document}: version {published[0].version} released, inputs {published[0].inputs_hash[:12]}")
    _lay_out(cycle, *published)
    return ReleaseReport(
        (*lines, str(folder_of(cycle, document, published[0].version))), published[0].version, done=True
    )


def _to_sign(
    cycle: Context, wish: _Wish, known: dict[str, Document], lines: Sequence[str], *, version: int | None
) -> Deed:
    """The texts that go out, or on which nobody waits any more (`version` None)."""
    kind = wish.kind.replace("-", " ")
    silent = f"go on with the {kind} without the concurrence of {', '.join(wish.without)}"
    return deed_of(
        cycle.config.report_year,
        "release",
        wish.position,
        what=silent if version is None else f"release version {version} of the {kind}",
        lines=lines,
        reason=wish.reason,
        decided=[
            wish.kind,
            version,
            wish.nature,
            sorted(wish.without),
            wish.reason.strip(),
            sorted((one.key, one.content_hash) for one in known.values()),
        ],
    )


def _require_chapters(store: Store, cycle: Context, wish: _Wish, known: dict[str, Document]) -> None:
    year = cycle.config.report_year
    if wish.kind == "interim-assessment":
        wanted = {entry.iso3 for entry in store.cycles.special_watch_list(year)}
    else:
        wanted = {one.country for one in store.obligations.of_cycle(year, step="annual-submission") if one.country}
    missing = sorted(wanted - {one.iso3 for one in known.values()})
    if missing or not known:
        told = f"without a chapter: {_first(missing)}" if missing else "no chapter is written"
        raise StoreError(f"{wish.kind}: {told}")


def _require_entitled(cycle: Context, wish: _Wish) -> None:
    may = cycle.config.clearance[wish.kind].released_by
    if wish.position not in may:
        raise StoreError(f"{wish.position} may not release the {wish.kind}; {', '.join(may)} may")
    if wish.nature != "release":
        require_reason(f"{'an' if wish.nature == 'erratum' else 'a'} {wish.nature} is released", wish.reason)


def _changed_since(
    store: Store, cycle: Context, wish: _Wish, known: dict[str, Document], before: Sequence[Release]
) -> list[str]:
    """The countries whose chapter is not the released one any more; raises `StoreError` where the nature is wrong."""
    if not before:
        if wish.nature != "release":
            raise StoreError(f"{wish.kind}: was not released yet, so there is nothing to add to or to mend")
        return []
    last = before[-1]
    out = f"{wish.kind}: version {last.version} was released on {last.released_at:%Y-%m-%d} by {last.released_by}"
    if wish.nature == "release":
        raise StoreError(f"{out}; what changed since goes out with the nature supplement or erratum")
    changed = []
    for one in (one for one in known.values() if one.iso3):
        number = last.chapters.get(one.iso3)
        released = store.chapters.version(one.key, number) if number else None
        if released is None or released.content_hash != one.content_hash:
            changed.append(one.iso3)
    if not changed:
        raise StoreError(f"{out}; no chapter changed since")
    return changed


def _begin_supplement(store: Store, cycle: Context, wish: _Wish) -> list[str]:
    """Ask for the clearance that a later version needs, if that was not done yet; a line for each position."""
    known = documents_of_assessment(store, cycle, wish.kind)
    waiting = [one for one in known.values() if one.standing.standing != "cleared"]
    if not waiting or wish.preview:
        return []
    opened = ask_next(store, cycle, wish.kind, wish.at, begin=True)
    return [f"asked {one.owner} to clear what changed; {wish.nature} waits for it" for one in opened]


def _require_cleared(store: Store, cycle: Context, wish: _Wish, known: dict[str, Document]) -> None:
    reasons = [f"{one.label}: {one.standing.because}" for one in known.values() if one.standing.standing != "cleared"]
    if wish.kind == "full-assessment":
        unplaced = unplaced_countries(store, cycle)
        if unplaced:
            reasons.append(f"without a tier placement: {_first(unplaced)}")
    until = held_until(one.standing for one in known.values())
    if until and wish.at < until:
        command = f"tipcycle release {wish.kind} --report-year {cycle.config.report_year} --retract --by POSITION"
        stop = f"to stop it: form retract-release, or {command}"
        reasons.append(f"held until {until:%Y-%m-%d %H:%MZ}, a day after the last clearance; {stop}")
    if reasons:
        more = [f"… and {len(reasons) - 10} more"] if len(reasons) > 10 else []
        raise StoreError("\n".join([f"{wish.kind} is not released:", *reasons[:10], *more]))


def _go_on_without(store: Store, cycle: Context, wish: _Wish, known: dict[str, Document]) -> ReleaseReport:
    sign_for = partial(
        override_silence,
        store,
        cycle,
        list(known.values()),
        without=wish.without,
        approver=wish.position,
        reason=wish.reason,
        at=wish.at,
    )
    lines = sign_for(preview=True, signed={})
    to_sign = _to_sign(cycle, wish, known, lines, version=None)
    if not wish.preview:
        sign_for(preview=False, signed=require_code(store, to_sign, wish.code, at=wish.at))
        ask_next(store, cycle, wish.kind, wish.at)
        until = held_until(one.standing for one in documents_of_assessment(store, cycle, wish.kind).values())
        from_when = f"from {until:%Y-%m-%d %H:%MZ}" if until and until > wish.at else "as soon as all others cleared it"
        lines.append(f"signed: nobody waits for {', '.join(wish.without)} any more; it can be released {from_when}")
    return ReleaseReport(tuple(lines), None, done=not wish.preview, to_sign=to_sign)


def _dates(cycle: Context, wish: _Wish) -> list[str]:
    """Statutory, planned and actual day, never merged, and how late it is."""
    step = cycle.config.calendar.step(RELEASED_WITH[wish.kind])
    actual = cycle.places.washington.local_date(wish.at)
    lines = [f"planned {day(step.planned_on)}, actual {day(actual)}"]
    if step.statutory_on:
        late = (actual - step.statutory_on).days
        told = f"{late} day{'s' if late != 1 else ''} late" if late > 0 else "on time"
        lines.insert(0, f"statutory {day(step.statutory_on)}: {told}")
    return lines


def _freeze(
    store: Store,
    cycle: Context,
    wish: _Wish,
    known: dict[str, Document],
    signed: Mapping[str, Any],
    *,
    changed: Sequence[str],
    version: int,
) -> tuple[Release, Path]:
    """Write the files beside their folder and keep the release; the caller's commit makes it one."""
    year = cycle.config.report_year
    frozen = frozen_inputs(
        store,
        cycle,
        wish.kind,
        at=wish.at,
        nature=wish.nature,
        version=version,
        reason=wish.reason,
        changed=changed,
    )
    inputs = json.loads(json.dumps(frozen))  # as it will be read again
    files = compile_files(inputs, cycle.templates)
    part = write_beside(folder_of(cycle, wish.kind, version), files)
    release = Release(
        document_key(year, wish.kind, None),
        version,
        year,
        wish.nature,
        wish.reason,
        wish.position,
        wish.at,
        hash_of_inputs(inputs),
        inputs,
        hashes_of_files(files),
        {one.iso3: one.version for one in known.values() if one.iso3},
    )
    store.releases.add(release)
    obligation = store.obligations.get(obligation_key(year, RELEASED_WITH[wish.kind], None))
    if obligation.standing == "missing":
        fulfil(store, cycle, obligation, standing="received", at=wish.at, reason=wish.reason, approver=wish.position)
    store.acts.add(
        "release-document",
        release.document,
        actor=wish.position,
        at=wish.at,
        version=version,
        nature=wish.nature,
        reason=wish.reason,
        inputs_hash=release.inputs_hash,
        files=release.files,
        **signed,
    )
    return release, part


def _lay_out(cycle: Context, release: Release, part: Path) -> None:
    try:
        publish(part, folder_of(cycle, release.document.split(":")[2], release.version))
    except OSError:  # a tick was quicker and laid the same files out from the ledger
        rebuild(cycle, release)


def _first(names: Sequence[str]) -> str:
    return ", ".join(names[:10]) + (f" and {len(names) - 10} more" if len(names) > 10 else "")

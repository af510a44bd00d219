"""Close a cycle once its roll-over to the next was read and signed; without a signature only show it.

A signature names the hash of the diff: what changed since it was read is read again. What was not answered stays
missing; closing ends the asking, not the history.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tipcycle.errors import StoreError
from tipcycle.model.moment import iso
from tipcycle.operations.approval import require_position, require_reason
from tipcycle.operations.context import Context, context
from tipcycle.operations.end_asking import end_asking
from tipcycle.operations.read_roll_over import next_context, next_list, read_roll_over
from tipcycle.rendering.draft_plan import draft_plan
from tipcycle.rendering.roll_over import Signed, render_roll_over, roll_over_lines
from tipcycle.rollover.roll_over import RollOver
from tipcycle.store import Store

_SHORTEST = 12  # digits of a hash that are enough to name it


@dataclass(frozen=True)
class ClosingReport:
    """The diff and its hash; `closed` says whether it was signed just now. `path` is where the whole text lies."""

    line: str
    lines: tuple[str, ...]
    hash: str
    closed: bool
    path: Path
    diff: dict[str, Any]


def close_cycle(report_year: int, *, position: str, signed: str = "", at: datetime) -> ClosingReport:
    """Show the roll-over (`signed` empty), or close the cycle under the signature of the hash `signed`.

    Raises `StoreError` where the cycle is closed already, its Report is not released, the position may not sign or
    the diff is no longer the one that was signed; `ConfigError` where the next cycle's files are not there.
    """
    cycle = context(report_year)
    require_position(cycle.config, position)
    following = next_context(cycle)
    with Store.begin(cycle.settings.ledger_url) as store:
        store.require_possible(at)
        store.cycles.require_open(report_year)
        diff = read_roll_over(store, cycle, following, at=at)
        if not signed:
            path, hindrance = _write_draft(cycle, diff), _hindrance(store, diff)
            what = (
                f"cannot be signed yet: cycle {diff.report_year} {hindrance}"
                if hindrance
                else f"to be signed: {diff.hash[:_SHORTEST]}"
            )
            return _report(f"roll-over to {diff.next_year} {what}", diff, path)
        _require_signature(cycle, store, diff, signed, position)
        end_asking(store, report_year, at=at)
        store.cycles.close(report_year, at)
        store.acts.add("close-cycle", f"cycle:{report_year}", actor=position, at=at, roll_over=diff.hash)
        path = _write_signed(cycle, following, diff, Signed(position, at))
    return _report(f"cycle {report_year}: closed by {position}", diff, path, closed=True)


def reopen_cycle(report_year: int, *, position: str, reason: str, at: datetime) -> str:
    """Open a closed cycle again, for a reason; what closing cancelled stays cancelled. Return a line to show."""
    cycle = context(report_year)
    require_reason("a cycle is opened again", reason)
    _require_director(cycle, position)
    with Store.begin(cycle.settings.ledger_url) as store:
        store.require_possible(at)
        if store.cycles.get(report_year).closed_at is None:
            raise StoreError(f"cycle {report_year} is open")
        store.cycles.reopen(report_year)
        store.acts.add("reopen-cycle", f"cycle:{report_year}", actor=position, at=at, reason=reason)
    return f"cycle {report_year}: open again, by {position}: {reason}"


def _require_signature(cycle: Context, store: Store, diff: RollOver, signed: str, position: str) -> None:
    _require_director(cycle, position)
    if hindrance := _hindrance(store, diff):
        raise StoreError(f"cycle {diff.report_year} {hindrance}")
    if len(signed) < _SHORTEST or not diff.hash.startswith(signed.lower()):
        raise StoreError(
            f"{signed[:_SHORTEST]} is not the hash of the roll-over as it stands: something changed since it was "
            "read, or the hash was mistyped; show it again (nothing signed), read it, and sign the hash that it shows"
        )


def _hindrance(store: Store, diff: RollOver) -> str:
    """Why nobody can sign yet; empty where the director can."""
    (report,) = store.obligations.of_cycle(diff.report_year, step="report-release")
    if report.standing not in ("received", "waived"):
        return "has not released its Report yet, and the next cycle begins with that"
    if not diff.watch_list.known:
        return "has no placements of its Report in config/placements yet, and the next list follows from them"
    return ""


def _require_director(cycle: Context, position: str) -> None:
    require_position(cycle.config, position)
    if cycle.config.positions[position].role != "director":
        raise StoreError(f"{position} does not sign the end of a cycle; the director does")


def _report(line: str, diff: RollOver, path: Path, *, closed: bool = False) -> ClosingReport:
    lines = (*roll_over_lines(diff), f"whole text (sensitive, so in a file): {path}", f"hash: {diff.hash}")
    return ClosingReport(line, lines, diff.hash, closed, path, diff.as_json())


def _write_draft(cycle: Context, diff: RollOver) -> Path:
    path = cycle.settings.var_dir / "drafts" / str(diff.report_year) / "roll-over.md"
    _write(path, render_roll_over(diff, templates=cycle.templates))
    return path


def _write_signed(cycle: Context, following: Context, diff: RollOver, signed: Signed) -> Path:
    """The signed diff as Markdown and JSON, and a draft plan for each country on the next list."""
    folder = cycle.documents / "roll-over"
    signature = {"hash": diff.hash, "signed_by": signed.by, "signed_at": iso(signed.at)}
    text = json.dumps(signature | {"roll_over": diff.as_json()}, indent=2, ensure_ascii=False)
    _write(folder / "roll-over.json", text + "\n")
    for entry in next_list(following):
        carried = [one for one in diff.carried_on if one.iso3 == entry.iso3]
        plan = draft_plan(entry, cycle.config.plans.get(entry.iso3), carried, next_year=diff.next_year)
        _write(folder / "plans" / f"{entry.iso3}.yaml", plan)
    path = folder / "roll-over.md"
    _write(path, render_roll_over(diff, templates=cycle.templates, signed=signed))
    return path


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")

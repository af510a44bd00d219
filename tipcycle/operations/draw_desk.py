"""The coordinator's pages: a start page that leads everywhere, what waits, progress, proofs, chapters by bureau.

A page changes only when what it tells does, so it bears no moment of drawing. Numbers, names and links are on it: no
address, no note, no text of a report, for whoever opens Prefect can read it. The text of a chapter is marked and lies
in its file, so a bureau's page lists its chapters and says how each is read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tipcycle.model.counted import counted_of
from tipcycle.model.keys import proof_key, start_key, waiting_key
from tipcycle.model.moment import day
from tipcycle.model.post import NO_BUREAU, Post, bureau_name
from tipcycle.operations.context import Context, context
from tipcycle.operations.read_clearances import read_clearances
from tipcycle.operations.read_proof import read_proof
from tipcycle.operations.read_status import read_status
from tipcycle.operations.read_waiting import Waiting, read_waiting
from tipcycle.rendering.form_link import form_link
from tipcycle.rendering.templates import render
from tipcycle.settings import settings
from tipcycle.store import Store

_CHAPTERS = ("interim-chapter", "full-chapter")


@dataclass(frozen=True)
class Page:
    """One page by its key; `percent` is a bar instead of a text."""

    key: str
    description: str
    text: str = ""
    percent: float | None = None


@dataclass(frozen=True)
class Desk:
    """All pages of a cycle, the start page first; `line` says what is on them."""

    pages: tuple[Page, ...]
    line: str


def years_to_draw(report_year: int) -> list[int]:
    """That cycle and every other one that is open: whoever acts in it is led to its pages."""
    with Store.read(settings().ledger_url) as store:
        opened = {cycle.report_year for cycle in store.cycles.all() if cycle.closed_at is None}
    return sorted({report_year} | opened)


def draw_desk(report_year: int, forms: Mapping[str, str], *, about: Mapping[str, str] | None = None) -> Desk:
    """The pages as of now; `forms` maps the name of each deployment to the address of its form in the UI.

    `about` says of each, by its name, what it does.
    """
    about = about or {}
    cycle = context(report_year)
    with Store.read(settings().ledger_url) as store:
        opened = store.cycles.find(report_year) is not None
        if opened:
            status, clearances = read_status(report_year), read_clearances(report_year)
            waiting = read_waiting(store, cycle, status=status, clearances=clearances)
            asked = {one.post for one in store.obligations.of_cycle(report_year) if one.post and one.opened_at}
    if not opened:
        remark = f"cycle {report_year} is not open yet"
        return Desk((_start(cycle, forms, about, [], waiting=0, remark=remark),), remark)
    posts = [post for post in cycle.config.posts.values() if post.id in asked]
    pages = [
        _waiting(cycle, waiting, forms),
        *_progress(cycle, status),
        *_chapters(cycle, clearances, forms),
        *(_proof(cycle, post) for post in sorted(posts, key=lambda one: (one.bureau or "", one.name))),
    ]
    start = _start(cycle, forms, about, pages, waiting=len(waiting))
    return Desk((start, *pages), f"{counted_of(len(waiting), 'line waits', 'lines wait')} for a person")


def _start(
    cycle: Context,
    forms: Mapping[str, str],
    about: Mapping[str, str],
    pages: list[Page],
    *,
    waiting: int,
    remark: str = "",
) -> Page:
    year = cycle.config.report_year
    by_bureau: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for post in sorted(cycle.config.posts.values(), key=lambda one: one.name):
        if any(page.key == proof_key(year, post.id) for page in pages):
            by_bureau[post.bureau or NO_BUREAU].append((post.name, proof_key(year, post.id)))
    text = render(
        cycle.templates,
        "desk/start.md.j2",
        report_year=year,
        remark=remark,
        waiting=waiting,
        board_url=cycle.settings.board_url,
        bars=[page for page in pages if page.percent is not None],
        chapters=[page for page in pages if page.key.startswith("chapters-")],
        proofs=sorted(by_bureau.items()),
        forms=[(name, address, about.get(name, "")) for name, address in sorted(forms.items())],
    )
    return Page(start_key(year), f"Where to look in cycle {year}", text)


def _waiting(cycle: Context, waiting: list[Waiting], forms: Mapping[str, str]) -> Page:
    year = cycle.config.report_year
    lines = [(one, form_link(forms, one.form, one.given)) for one in waiting]
    text = render(cycle.templates, "desk/waiting.md.j2", report_year=year, lines=lines)
    return Page(waiting_key(year), f"What waits for a person in cycle {year}", text)


def _progress(cycle: Context, status: Mapping[str, Any]) -> Iterator[Page]:
    """A bar for each step that was opened: what is answered or waived of what is owed."""
    year = cycle.config.report_year
    for one in status["steps"]:
        if one["opened"]:
            what = cycle.config.owed(one["step"]).what
            done = one["required"] - one["missing"]
            due = day(date.fromisoformat(one["planned_on"]))
            told = f"{what[:1].upper()}{what[1:]}: {done} of {one['required']} by {due}"
            told += f", {one['overdue']} overdue, {one['late']} late"
            yield Page(f"progress-{year}-{one['step']}", told, percent=round(100 * done / one["required"], 1))


def _chapters(cycle: Context, clearances: Mapping[str, Any], forms: Mapping[str, str]) -> Iterator[Page]:
    year = cycle.config.report_year
    by_bureau: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in clearances["documents"]:
        if one["kind"] in _CHAPTERS and one["country"]:
            name = cycle.config.countries[one["country"]].name
            by_bureau[cycle.config.post_for(one["country"]).bureau or NO_BUREAU].append(one | {"name": name})
    for bureau, chapters in sorted(by_bureau.items()):
        link = form_link(forms, "clear-document", {"report_year": year, "document": chapters[-1]["kind"]})
        text = render(
            cycle.templates, "desk/chapters.md.j2", report_year=year, bureau=bureau, chapters=chapters, link=link
        )
        yield Page(f"chapters-{year}-{bureau.lower()}", f"Chapters of {bureau_name(bureau)}, cycle {year}", text)


def _proof(cycle: Context, post: Post) -> Page:
    year = cycle.config.report_year
    text = render(cycle.templates, "desk/proof.md.j2", proof=read_proof(post.id, year))
    return Page(proof_key(year, post.id), f"What {post.name} was asked, and what it answered", text)

"""A country's chapter: show what it rests on, write its files, take an edited file in, let stale sentences stand."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tipcycle.cli.options import add_at, add_json, add_year, now, print_json

if TYPE_CHECKING:
    from tipcycle.model.chapter import Sentence
    from tipcycle.operations.import_chapter import ChapterImport
    from tipcycle.operations.read_chapter_state import ChapterState


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The sub-verbs."""
    verbs = parser.add_subparsers(dest="chapter_verb", metavar="VERB", required=True)
    show = _named(verbs.add_parser("show", help="its sentences with their sources, and what has to be looked at"))
    add_json(show)
    _named(verbs.add_parser("export", help="write its files as it stands in the ledger, one of them to be edited"))
    _named(verbs.add_parser("renew", help="let what the ledger knows now join it; what an editor wrote stays"))
    take = verbs.add_parser("import", help="take in an edited file (shows what changes first)")
    take.add_argument("file", type=Path, help="the Markdown file that was edited")
    _add_editor(take)
    take.add_argument("--yes", action="store_true", help="do it; without this only the preview is shown")
    add_at(take)
    confirm = _named(verbs.add_parser("confirm", help="let stale sentences stand as their editor wrote them"))
    confirm.add_argument("anchors", nargs="+", metavar="ANCHOR", help="such as statistic.prosecutions")
    _add_editor(confirm)


def _named(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("country", help="a country by name or iso3")
    add_year(parser)
    parser.add_argument("--kind", choices=["interim-chapter", "full-chapter"], default="interim-chapter")
    add_at(parser)
    return parser


def _add_editor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--by", required=True, metavar="POSITION", help="who edits, such as gtip.action-officer")


def run(parsed: argparse.Namespace) -> int:
    """One sub-verb; a file with a line in doubt exits 1 and tells every one."""
    return {"show": _show, "export": _export, "renew": _renew, "import": _import, "confirm": _confirm}[
        parsed.chapter_verb
    ](parsed)


def _show(parsed: argparse.Namespace) -> int:
    from tipcycle.operations.read_chapter_state import read_chapter_state

    state = read_chapter_state(parsed.report_year, parsed.country, kind=parsed.kind, at=parsed.at or now())
    print_json(_document(state)) if parsed.json else _print(state)
    return 0


def _export(parsed: argparse.Namespace) -> int:
    from tipcycle.operations.read_chapter_state import export_chapter

    for path in export_chapter(parsed.report_year, parsed.country, kind=parsed.kind, at=parsed.at or now()):
        print(path)
    return 0


def _renew(parsed: argparse.Namespace) -> int:
    from tipcycle.operations.renew_chapter import renew_one_chapter

    at = parsed.at or now()
    version, changed = renew_one_chapter(parsed.report_year, parsed.country, kind=parsed.kind, at=at)
    print(f"{version.document}: version {version.version}" + ("" if changed else ", nothing new"))
    return 0


def _confirm(parsed: argparse.Namespace) -> int:
    from tipcycle.operations.renew_chapter import confirm_sentences

    version = confirm_sentences(
        parsed.report_year,
        parsed.country,
        parsed.anchors,
        kind=parsed.kind,
        position=parsed.by,
        at=parsed.at or now(),
    )
    print(f"{version.document}: version {version.version}, {version.cause}")
    return 0


def _import(parsed: argparse.Namespace) -> int:
    from tipcycle.operations.import_chapter import import_chapter

    report = import_chapter(parsed.file, position=parsed.by, at=parsed.at or now(), preview=not parsed.yes)
    if report.faults:
        for fault in report.faults:
            print(f"{parsed.file}: {fault}", file=sys.stderr)
        print(f"{parsed.file}: not taken in; nothing was changed", file=sys.stderr)
        return 1
    _print_changes(report)
    if not report.changes and report.version is None:
        print(f"{report.document}: nothing was edited")
    elif report.version is None:
        print("preview only; add --yes to do it")
    else:
        print(f"{report.document}: version {report.version} imported")
    return 0


def _print_changes(report: ChapterImport) -> None:
    for change in report.changes:
        print(f"{change.kind}: {change.anchor}")
        for sign, text in (("-", change.before), ("+", change.after)):
            if text:
                print(f"  {sign} {text}")
    for warning in report.warnings:
        print(f"look at {warning}")


def _document(state: ChapterState) -> dict[str, Any]:
    version, notes = state.version, state.notes
    chapter = version.chapter
    return {
        "document": version.document,
        "version": version.version,
        "made_at": f"{version.made_at:%Y-%m-%dT%H:%M:%SZ}",
        "made_by": version.made_by,
        "cause": version.cause,
        "content_hash": version.content_hash,
        "country": chapter.country,
        "examples": list(chapter.examples),
        "sections": [
            {"id": one.id, "title": one.title, "sentences": [asdict(said) for said in one.sentences]}
            for one in chapter.sections
        ],
        "removed": [asdict(one) for one in chapter.removed],
        "unsupported": [one.anchor for one in notes.unsupported],
        "unused": [{"input": one.input, "value": one.value} for one in notes.unused],
        "stale": [asdict(one) for said in notes.stale for one in said.stale],
        "behind": [asdict(one) for one in notes.behind],
        "speaks_of_a_tier": [one.anchor for one in notes.tier_talk],
    }


def _print(state: ChapterState) -> None:
    version, notes = state.version, state.notes
    print(f"{version.chapter.country}: {version.document}, version {version.version} ({version.cause})")
    for section in version.chapter.sections:
        print(f"\n{section.title}")
        for said in section.sentences:
            _print_sentence(said)
    for one in version.chapter.removed:
        print(f"\ntaken out: {one.anchor}: {one.text}")
    if notes.lines:
        print("\nTo look at")
    for line in notes.lines:
        print(f"  {line}")
    if notes.behind:
        names = ", ".join(dict.fromkeys(one.input for one in notes.behind))
        print(f"\nThe ledger knows more than the chapter ({names}); tipcycle chapter renew lets it join")


def _print_sentence(said: Sentence) -> None:
    by = f" ({said.written_by})" if said.edited else ""
    print(f"  [{said.anchor}]{by} {said.text}")
    sources = [f"{one.input} v{one.version}" if one.version else one.input for one in said.sources]
    print(f"    from {', '.join(sources) or 'nothing: unsupported'}")

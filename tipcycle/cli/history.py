"""A country over the years: placements, what was asked when, what was answered, and how punctually."""

from __future__ import annotations

import argparse
from typing import Any

from tipcycle.cli.options import add_json, print_json
from tipcycle.model.keys import document_words
from tipcycle.model.placement import proposed, tier_name

_GROUPS = {
    "tier_2_watch_list": "Tier 2 Watch List",
    "moved_up_to_1": "moved up to Tier 1",
    "moved_up_from_3": "moved up from Tier 3",
}
_WIDTH = 100
_BETWEEN = 2  # a space and the column's own end
_PUNCTUALITY = ("asked", "on_time", "late", "overdue", "not_due", "waived", "days_late")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The country, by name or iso3."""
    parser.add_argument("country", help="a country by name or iso3, such as Azerbaijan or AZE")
    add_json(parser)


def run(parsed: argparse.Namespace) -> int:
    """Tables of at most 100 columns: placements, each cycle of the ledger, punctuality. --json has the whole texts."""
    from tipcycle.operations.read_history import read_history

    history = read_history(parsed.country)
    print_json(history) if parsed.json else _print(history)
    return 0


def _print(history: dict[str, Any]) -> None:
    print(f"{history['country']} ({history['iso3']}), {history['post']}")
    _table(
        "Placements",
        ("Report", "published", "decided here", "special watch list"),
        [
            (str(one["report_year"]), _published(one), _decided(one["decided"]), _listed(one["special_watch_list"]))
            for one in history["placements"]
        ],
    )
    for cycle in history["cycles"]:
        _print_cycle(cycle)
    _table(
        "Punctuality",
        ("cycle", *(name.replace("_", " ") for name in _PUNCTUALITY)),
        [(str(one["report_year"]), *(str(one[name]) for name in _PUNCTUALITY)) for one in history["punctuality"]],
    )


def _print_cycle(cycle: dict[str, Any]) -> None:
    closed = f", closed {cycle['closed_at'][:10]}" if cycle["closed_at"] else ""
    print(f"\nCycle {cycle['report_year']}, opened {cycle['opened_at'][:10]}{closed}")
    if not cycle["asks"]:
        print("  nothing was asked of it")
    _table(
        "Asked and answered",
        ("what", "asked", "due", "answered", "stands", "late", "reminded", "above"),
        [
            (
                one["step"].replace("-", " "),
                (one["asked_at"] or "not yet")[:10],
                one["planned_on"] + (" *" if one["planned_on"] != one["first_planned_on"] else ""),
                (one["answered_at"] or "")[:10],
                _stands(one),
                str(one["days_late"] or ""),
                str(one["reminded"]),
                str(one["escalated"]),
            )
            for one in cycle["asks"]
        ],
    )
    if any(one["planned_on"] != one["first_planned_on"] for one in cycle["asks"]):
        print("  * another day than first planned")
    _table(
        "Recommendations (! high priority; year 2: asked for the second year)",
        ("item", "year", "last status", "said in", "recommendation"),
        [
            (
                one["id"] + ("!" if one["high_priority"] else ""),
                str(one["year_asked"]),
                one["status"],
                f"{one['source'].replace('-', ' ')} {one['reported_on']}" if one["source"] else "",
                one["text"],
            )
            for one in cycle["recommendations"]
        ],
    )
    for one in cycle["recommended_tiers"]:
        print(f"  {one['side']} recommended {proposed(one['tier'])} on {one['recorded_at'][:10]} ({one['position']})")
    for one in cycle["split"]:
        tier = f" with {proposed(one['tier'])}" if one["tier"] else ""
        outcome = f"{one['outcome']}{tier} on {one['decided_at'][:10]}" if one["outcome"] else "open"
        print(f"  split, {one['level']} ({one['holder']}) since {one['opened_at'][:10]}: {outcome}")
    for one in cycle["clearances"]:
        print(
            f"  {document_words(one['document'])}: {one['decision']} by {one['position']} on {one['decided_at'][:10]}"
        )
    for one in cycle["releases"]:
        version = f"version {one['version']}, {one['nature']}"
        print(f"  {document_words(one['document'])}: {version}, on {one['released_at'][:10]}")


def _table(title: str, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if not rows:
        return
    # Only the last column is shortened; rich would take from each.
    widths = [max(len(cell) for cell in cells) for cells in zip(columns, *rows, strict=True)]
    room = max(len(columns[-1]), _WIDTH - sum(widths[:-1]) - _BETWEEN * len(columns))
    table = Table(title=title, title_justify="left", box=box.SIMPLE, pad_edge=False, padding=(0, 1, 0, 0))
    for column in columns:
        table.add_column(column, no_wrap=True)
    for row in rows:
        # Text: brackets in a cell are no markup
        table.add_row(*(Text(cell) for cell in row[:-1]), Text(_shortened(row[-1], room)))
    Console(width=_WIDTH, highlight=False).print(table)


def _shortened(text: str, room: int) -> str:
    return text if len(text) <= room else f"{text[: room - 1]}…"


def _stands(one: dict[str, Any]) -> str:
    if one["standing"] == "missing" and one["asked_at"] is None:
        return "not asked yet"
    return str(one["standing"]) + (", partial" if one["complete"] is False else "")


def _published(one: dict[str, Any]) -> str:
    corrected = f", corrected on {one['effective_on']}" if one["effective_on"] else ""
    return f"{one['tier_name'] or 'not in config'}{corrected}"


def _decided(one: dict[str, Any] | None) -> str:
    if one is None:
        return ""
    return (
        f"{tier_name(one['tier'])}{', waived' if one['waived'] else ''} ({one['decided_by']}, {one['decided_at'][:10]})"
    )


def _listed(one: dict[str, Any] | None) -> str:
    return _GROUPS[one["group"]] if one else ""

"""What the law says of a country, why, and what each possible placement would mean."""

from __future__ import annotations

import argparse
import sys
import textwrap
from typing import TYPE_CHECKING, Any

from tipcycle.cli.options import add_json, day, print_json

if TYPE_CHECKING:
    from tipcycle.model.finding import Finding
    from tipcycle.operations.explain_law import AtRisk, Explained, PlacementLine, SpringList

_CHOICES = ("1", "2", "2WL", "3", "waived")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The country, or all of them; the Report; one choice."""
    parser.add_argument("country", nargs="?", help="a country by name or iso3, such as Azerbaijan or AZE")
    parser.add_argument(
        "--all", action="store_true", help="who must go to Tier 3, who has no waiver left, what falls due"
    )
    parser.add_argument(
        "--report-year", type=int, metavar="YEAR", help="the Report it enters (default: the one after the last known)"
    )
    parser.add_argument("--if", dest="choice", choices=_CHOICES, help="only what this placement would mean")
    parser.add_argument(
        "--on",
        type=day,
        metavar="DATE",
        help="leave out corrections of placements dated after that day; every published Report and the law of the "
        "Report stay",
    )
    add_json(parser)


def run(parsed: argparse.Namespace) -> int:
    """Plain English with values and references; exit 2 unless a country or --all is named."""
    from tipcycle.operations.explain_law import explain_all, explain_country

    if bool(parsed.country) == parsed.all or (parsed.all and parsed.choice):
        print("tipcycle explain: name a country, or --all (which takes no --if)", file=sys.stderr)
        return 2
    if parsed.all:
        spring = explain_all(report_year=parsed.report_year, on=parsed.on)
        print_json(_spring_document(spring)) if parsed.json else _print_spring(spring)
        return 0
    explained = explain_country(parsed.country, report_year=parsed.report_year, choice=parsed.choice, on=parsed.on)
    print_json(_document(explained)) if parsed.json else _print(explained)
    return 0


def _document(explained: Explained) -> dict[str, Any]:
    return {
        "iso3": explained.iso3,
        "country": explained.country,
        "report_year": explained.report_year,
        "placements": [
            {
                "report_year": line.report_year,
                "known": line.known,
                "tier": line.placement.tier if line.placement else None,
                "effective_on": str(line.placement.effective_on)
                if line.placement and line.placement.effective_on
                else None,
                "counted": line.counted,
                "source": line.placement.source if line.placement else None,
            }
            for line in explained.history
        ],
        "findings": [vars(finding) for finding in explained.findings],
        "choices": [
            {
                "choice": one.choice,
                "allowed": one.allowed,
                "findings": [vars(finding) for finding in one.findings],
            }
            for one in explained.choices
        ],
    }


def _spring_document(spring: SpringList) -> dict[str, Any]:
    groups = ("must_unless_waived", "no_waiver_left", "unknown", "next_year")
    return (
        {"report_year": spring.report_year}
        | {name: [vars(one) for one in getattr(spring, name)] for name in groups}
        | {"notices": [vars(finding) for finding in spring.notices]}
    )


def _print(explained: Explained) -> None:
    from tipcycle.model.placement import tier_name

    print(f"{explained.country} ({explained.iso3}), entering the {explained.report_year} Report\n")
    for line in explained.history:
        if line.placement is None:
            told = "not ranked" if line.known else "this Report is missing"
        else:
            told = tier_name(line.placement.tier)
            if line.placement.effective_on:
                told += f", corrected on {line.placement.effective_on}"
        counted = f"number {line.counted} toward the limit" if line.counted else ""
        print(f"  {line.report_year}  {told:<44}{counted:<28}{_where_from(line)}".rstrip())
    print("\nWhat the law says")
    for finding in explained.findings:
        _print_finding(finding)
    print(f"\nIf the {explained.report_year} Report places it so")
    for one in explained.choices:
        name = "Tier 2 Watch List, with a waiver" if one.choice == "waived" else tier_name(one.choice)
        allowed = {True: "possible", False: "not possible", None: "not known"}[one.allowed]
        print(f"\n  {name}: {allowed}")
        for finding in one.findings:
            if finding.outcome != "not_in_force" or finding is one.findings[0]:
                _print_finding(finding)


def _where_from(line: PlacementLine) -> str:
    if line.placement is None:
        return ""
    return f"[{line.placement.source or 'no source given'}]"


def _print_finding(finding: Finding) -> None:
    text = f"{finding.rule}: {finding.because} [{finding.source}]"
    print(textwrap.fill(text, 100, initial_indent="  - ", subsequent_indent="    "))


def _print_spring(spring: SpringList) -> None:
    print(f"The two-year limit entering the {spring.report_year} Report")
    _print_group("Must go to Tier 3 unless waived or moved up", spring.must_unless_waived)
    _print_group("Must go to Tier 3 or move up: no waiver is left", spring.no_waiver_left)
    _print_group("Not known, because a Report is missing", spring.unknown)
    _print_group(f"Would reach the limit for the {spring.report_year + 1} Report", spring.next_year)
    print("\nWhat falls due")
    for finding in spring.notices:
        _print_finding(finding)


def _print_group(title: str, countries: tuple[AtRisk, ...]) -> None:
    print(f"\n{title}: {len(countries)}")
    for one in countries:
        counted = "?" if one.counted is None else one.counted
        print(f"  {one.iso3}  {one.country:<34.34} counted {counted}")
        print(textwrap.fill(one.because, 100, initial_indent="       ", subsequent_indent="       "))
    for source in dict.fromkeys(one.source for one in countries):
        print(textwrap.fill(f"[{source}]", 100, initial_indent="  ", subsequent_indent="  "))

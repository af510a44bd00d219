"""What the law's rules say of a placement file: `rules replay`, `rules watch-list`, `rules coverage`."""

from __future__ import annotations

import argparse
from pathlib import Path

from tipcycle.cli.options import add_json, print_json
from tipcycle.model.counted import counted_of

_COLUMNS = "columns report_year,country,iso3,tier in any order, and effective_on for corrections"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The three sub-verbs."""
    verbs = parser.add_subparsers(dest="rules_verb", metavar="VERB", required=True)
    again = verbs.add_parser("replay", help="where the two-year limit bit, and what became of each country")
    _add_files(again)
    again.add_argument("--findings", action="store_true", help="with the reasons of each")
    add_json(again)
    listed = verbs.add_parser("watch-list", help="the special watch list that follows from a Report")
    _add_files(listed)
    listed.add_argument("--report-year", type=int, required=True, metavar="YEAR", help="the Report it follows from")
    add_json(listed)
    verbs.add_parser("coverage", help="what of the law is modelled, as the table of docs/law.md")


def _add_files(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help=f"a CSV of placements ({_COLUMNS})")
    parser.add_argument(
        "--corrections", type=Path, metavar="FILE", help="a CSV of dated corrections that are added to it"
    )


def run(parsed: argparse.Namespace) -> int:
    """Exit 0 also where published history contradicts the law: that is a finding, not a fault of the file."""
    return {"replay": _replay, "watch-list": _watch_list, "coverage": _coverage}[parsed.rules_verb](parsed)


def _replay(parsed: argparse.Namespace) -> int:
    from tipcycle.operations.replay_rules import replay_file

    replayed = replay_file(parsed.file, parsed.corrections, with_findings=parsed.findings)
    if parsed.json:
        print_json([_document(vars(bite), with_findings=parsed.findings) for bite in replayed.bites])
        return 0
    print(f"the two-year limit held, or may have held, {counted_of(len(replayed.bites), 'time', 'times')}")
    for bite in replayed.bites:
        counted = "?" if bite.counted_reports_before is None else bite.counted_reports_before
        name = replayed.names.get(bite.iso3, bite.iso3)
        print(f"{bite.report_year}  {bite.iso3}  {name:<24.24} {counted} counted  {bite.tier or '-':<8}{bite.outcome}")
        for finding in bite.findings:
            print(f"        {finding.rule}: {finding.because} [{finding.source}]")
    return 0


def _document(bite: dict[str, object], *, with_findings: bool) -> dict[str, object]:
    document = dict(bite)
    findings = document.pop("findings")
    if with_findings:
        document["findings"] = [vars(finding) for finding in findings]  # type: ignore[attr-defined]
    return document


def _watch_list(parsed: argparse.Namespace) -> int:
    from tipcycle.operations.replay_rules import watch_list_of_file

    listed = watch_list_of_file(parsed.file, parsed.corrections, parsed.report_year)
    if parsed.json:
        print_json(
            [
                {
                    "iso3": one.entry.iso3,
                    "country": one.country,
                    "group": one.entry.group,
                    "counted": one.entry.counted,
                }
                for one in listed
            ]
        )
        return 0
    counted = sum(one.entry.counted for one in listed)
    countries = counted_of(counted, "country", "countries")
    territories = counted_of(len(listed) - counted, "territory", "territories")
    print(f"after the {parsed.report_year} Report: {countries}, {territories}")
    for one in listed:
        note = "" if one.entry.counted else "  (territory, not counted)"
        print(f"{one.entry.iso3}  {one.country:<32.32} {one.entry.group:<18} {one.entry.because}{note}")
    return 0


def _coverage(parsed: argparse.Namespace) -> int:
    from tipcycle.operations.law_coverage import law_coverage

    print(law_coverage(), end="")
    return 0

"""Recommend tiers, settle splits, place countries, and see how they stand; what decides shows a preview first."""

from __future__ import annotations

import argparse
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from tipcycle.cli.options import add_at, add_json, add_year, ended, now, print_json
from tipcycle.model.counted import counted_of

if TYPE_CHECKING:
    from pydantic import BaseModel

    from tipcycle.operations.record_recommendations import TierReport

F = TypeVar("F", bound="BaseModel")
_TIERS = ("1", "2", "2WL", "3", "special", "none")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One verb below: list, show, recommend, settle, raise, record, reopen."""
    verbs = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    listing = verbs.add_parser("list", help="how every country stands")
    which = listing.add_mutually_exclusive_group()
    which.add_argument("--splits", action="store_true", help="only those over which office and bureau differ or did")
    which.add_argument("--open", action="store_true", help="only those not placed yet")
    showing = verbs.add_parser("show", help="one country: recommendations, law, splits, placements")
    showing.add_argument("country", metavar="COUNTRY")
    for reading in (listing, showing):
        add_json(reading)
    recommending = verbs.add_parser("recommend", help="record what the office or a bureau recommends")
    placing = verbs.add_parser("record", help="record placements")
    placing.add_argument("--as-recommended", action="store_true", help="each country for which both recommend one tier")
    placing.add_argument("--explanation", default="", help="why the tier changes, or differs from what was recommended")
    placing.add_argument("--waiver", action="append", default=[], metavar="ELEMENT=EVIDENCE", help="may be repeated")
    placing.add_argument("--replaces", type=int, metavar="NUMBER", help="the placement that this one replaces")
    for filling in (recommending, placing):
        filling.add_argument("country", nargs="?", metavar="COUNTRY", help="one country, by name or iso3")
        filling.add_argument("--tier", choices=_TIERS)
        filling.add_argument("--rationale", default="", help="why")
        filling.add_argument("--standards", default="", help="such as 1,4.3")
        filling.add_argument("--file", type=Path, help="many at once: YAML (a list) or CSV, with the same fields")
        filling.add_argument("--yes", action="store_true", help="do it; without this only the preview is shown")
    settling = verbs.add_parser("settle", help="settle a split at the level that holds it")
    settling.add_argument("--tier", choices=_TIERS, required=True)
    raising = verbs.add_parser("raise", help="raise a split to the next level")
    reopening = verbs.add_parser("reopen", help="open a placement again, so that both may recommend anew")
    for deciding in (settling, raising, reopening):
        deciding.add_argument("country", metavar="COUNTRY")
        deciding.add_argument("--note", required=True, help="why")
    for acting in (recommending, placing, settling, raising, reopening):
        acting.add_argument("--by", required=True, metavar="POSITION", help="who, such as gtip.director")
    for one in (listing, showing, recommending, placing, settling, raising, reopening):
        add_year(one)
        add_at(one)


def run(parsed: argparse.Namespace) -> int:
    """Exit 2 where it is not said what to record."""
    return _VERBS[parsed.what](parsed)


def _list(parsed: argparse.Namespace) -> int:
    from tipcycle.operations.read_tiers import Which, read_tiers

    which: Which = "splits" if parsed.splits else "open" if parsed.open else "all"
    lines = read_tiers(parsed.report_year, which=which, at=parsed.at or now())
    if parsed.json:
        print_json(lines)
        return 0
    print(f"{'':<38}{'before':>8}{'office':>8}{'bureau':>8}{'placed':>8}")
    for one in lines:
        tiers = "".join(f"{one[name] or '-':>8}" for name in ("before", "office", "bureau", "tier"))
        told = one["because"] if one["standing"] in ("split", "settled") else one["withdrawn"] or ""
        print(f"{one['iso3']}  {one['country']:<33.33}{tiers}  {told}".rstrip())
        if one["limit"]:
            print(textwrap.fill(one["limit"], 100, initial_indent="     ", subsequent_indent="     "))
    print(counted_of(len(lines), "country", "countries"))
    return 0


def _show(parsed: argparse.Namespace) -> int:
    from tipcycle.cli.place_text import print_country
    from tipcycle.operations.read_tiers import read_country

    one = read_country(parsed.report_year, parsed.country, at=parsed.at or now())
    if parsed.json:
        print_json(one)
    else:
        print_country(one)
    return 0


def _recommend(parsed: argparse.Namespace) -> int:
    from tipcycle.model.tier_forms import RecommendationForm
    from tipcycle.operations.record_recommendations import record_recommendations

    forms = _forms(parsed, RecommendationForm)
    if not forms:
        return _nothing_named()
    report = record_recommendations(
        parsed.report_year,
        position=parsed.by,
        recommendations=forms,
        at=parsed.at or now(),
        preview=not parsed.yes,
    )
    return _print_report(parsed, report)


def _record(parsed: argparse.Namespace) -> int:
    from tipcycle.model.tier_forms import PlacementForm
    from tipcycle.operations.record_placements import record_placements

    more = {
        "explanation": parsed.explanation,
        "waiver": dict(one.partition("=")[::2] for one in parsed.waiver),
        "replaces": parsed.replaces,
    }
    forms = _forms(parsed, PlacementForm, **more)
    if not forms and not parsed.as_recommended:
        return _nothing_named()
    report = record_placements(
        parsed.report_year,
        position=parsed.by,
        placements=forms,
        as_recommended=parsed.as_recommended,
        at=parsed.at or now(),
        preview=not parsed.yes,
    )
    return _print_report(parsed, report)


def _forms(parsed: argparse.Namespace, form: type[F], **more: Any) -> list[F]:
    """What the file holds, or the one country of the options; none where neither is said."""
    from tipcycle.intake.read_tier_forms import filled_form, read_tier_forms

    if parsed.file:
        return read_tier_forms(parsed.file, form)
    if not parsed.country or not parsed.tier:
        return []
    values = {"country": parsed.country, "tier": parsed.tier, "rationale": parsed.rationale}
    return [filled_form(form, values | {"standards": parsed.standards} | more)]


def _nothing_named() -> int:
    print("tipcycle place: name a country with --tier, or a --file", file=sys.stderr)
    return 2


def _print_report(parsed: argparse.Namespace, report: TierReport) -> int:
    for line in report.lines:
        print(line)
    return ended(parsed, f"{report.recorded} recorded" if report.done else "", report.to_sign)


def _settle(parsed: argparse.Namespace) -> int:
    from tipcycle.operations.settle_split import settle_split

    settled = parsed.what == "settle"
    lines = settle_split(
        parsed.report_year,
        country=parsed.country,
        position=parsed.by,
        outcome="settled" if settled else "raised",
        tier=parsed.tier if settled else None,
        note=parsed.note,
        at=parsed.at or now(),
    )
    print("\n".join(lines))
    return 0


def _reopen(parsed: argparse.Namespace) -> int:
    from tipcycle.operations.reopen_placement import reopen_placement

    print(
        reopen_placement(
            parsed.report_year,
            country=parsed.country,
            position=parsed.by,
            reason=parsed.note,
            at=parsed.at or now(),
        )
    )
    return 0


_VERBS: dict[str, Callable[[argparse.Namespace], int]] = {
    "list": _list,
    "show": _show,
    "recommend": _recommend,
    "record": _record,
    "settle": _settle,
    "raise": _settle,
    "reopen": _reopen,
}

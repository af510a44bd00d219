"""Let one submission be taken in though a rule of the gate refuses it."""

from __future__ import annotations

import argparse
from pathlib import Path

from tipcycle.cli.options import add_at, day, ended, now
from tipcycle.errors import SubmissionError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which file, which rule, why, until when and by whom."""
    parser.add_argument("file", type=Path, help="the submission; the same answer in another form counts as the same")
    parser.add_argument("--code", required=True, help="such as statistic.period (docs/submission-format.md)")
    parser.add_argument("--reason", required=True)
    parser.add_argument("--until", required=True, type=day, metavar="DAY", help="the last day on which it is taken in")
    parser.add_argument("--by", required=True, metavar="POSITION", help="who approves, such as gtip.director")
    add_at(parser)


def run(parsed: argparse.Namespace) -> int:
    """Prints the line that stands wherever the figure is used."""
    from tipcycle.operations.waive_rule import preview_rule_waiver, waive_rule

    if not parsed.file.is_file():
        raise SubmissionError(f"{parsed.file}: there is no such file")
    words = {"code": parsed.code, "reason": parsed.reason, "approver": parsed.by, "until_on": parsed.until}
    at = parsed.at or now()
    if getattr(parsed, "signs", False):
        shown = preview_rule_waiver(parsed.file, **words, at=at)
        print("\n".join(shown.lines))
        return ended(parsed, "", shown.to_sign)
    print(waive_rule(parsed.file, **words, at=at))
    return 0

"""Take in one submission file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tipcycle.cli.options import add_at, add_json, now, print_json
from tipcycle.errors import SubmissionError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file stays where it is and a copy is taken in, unless it waits in the inbox already."""
    parser.add_argument("file", type=Path, help="a submission file (docs/submission-format.md)")
    add_at(parser)
    add_json(parser)


def run(parsed: argparse.Namespace) -> int:
    """Exit 0 if it is in the ledger now, 1 with the reasons if it was refused."""
    from tipcycle.operations.take_in import take_in_copy

    if not parsed.file.is_file():
        raise SubmissionError(f"{parsed.file}: there is no such file")
    taken = take_in_copy(parsed.file, parsed.at or now())
    findings = [vars(finding) for finding in taken.findings]
    if parsed.json:
        print_json({"outcome": taken.outcome, "obligation": taken.obligation, "findings": findings})
    else:
        print(taken.line)
        for finding in taken.findings:
            print(f"  {finding.where}: {finding.message} {finding.remedy} [{finding.code}]", file=sys.stderr)
    return 1 if taken.outcome == "refused" else 0

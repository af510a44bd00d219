"""Say whether a submission file would be accepted; nothing is written."""

from __future__ import annotations

import argparse
from pathlib import Path

from tipcycle.cli.options import add_json, now, print_json
from tipcycle.errors import SubmissionError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, or the schema of all files."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("file", type=Path, nargs="?", help="a submission file (docs/submission-format.md)")
    what.add_argument("--schema", action="store_true", help="print the JSON Schema of a submission")
    add_json(parser)


def run(parsed: argparse.Namespace) -> int:
    """Exit 0 if it would be accepted, 1 with the reasons if not. Who owes what is judged on taking it in."""
    from dataclasses import asdict

    from tipcycle.model.submission_schema import submission_schema
    from tipcycle.operations.check_submission import check_submission

    if parsed.schema:
        print(submission_schema(), end="")
        return 0
    if not parsed.file.is_file():
        raise SubmissionError(f"{parsed.file}: there is no such file")
    checked = check_submission(parsed.file, now())
    if parsed.json:
        print_json(
            {
                "accepted": checked.accepted,
                "country": checked.country,
                "report_year": checked.report_year,
                "step": checked.step,
                "findings": [asdict(finding) for finding in checked.findings],
            }
        )
    else:
        print(f"{parsed.file.name}: {'would be accepted' if checked.accepted else 'would be refused'}")
        for finding in checked.findings:
            print(f"  {finding.severity}: {finding.where}: {finding.message} {finding.remedy} [{finding.code}]")
    return 0 if checked.accepted else 1

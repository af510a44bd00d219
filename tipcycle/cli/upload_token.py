"""Give out a token for uploads."""

from __future__ import annotations

import argparse

from tipcycle.cli.options import add_at, add_json, add_year, now, print_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """For what, how long and by whom."""
    add_year(parser)
    parser.add_argument("--step", required=True, help="such as progress-report")
    parser.add_argument("--country", required=True, metavar="ISO3", help="such as SEN")
    parser.add_argument("--days", type=int, default=120, choices=range(1, 367), metavar="1..366", help="default 120")
    parser.add_argument("--by", required=True, metavar="POSITION", help="who gives it out, such as gtip.action-officer")
    add_at(parser)
    add_json(parser)


def run(parsed: argparse.Namespace) -> int:
    """Prints the token alone, so that it can be piped; it is shown once and kept nowhere."""
    from tipcycle.model.moment import iso
    from tipcycle.operations.write_upload_token import write_upload_token

    made = write_upload_token(
        parsed.report_year,
        step=parsed.step,
        country=parsed.country,
        days=parsed.days,
        issued_by=parsed.by,
        at=parsed.at or now(),
    )
    if parsed.json:
        print_json({"obligation": made.obligation, "token": made.token, "expires_at": iso(made.expires_at)})
    else:
        print(made.token)
    return 0

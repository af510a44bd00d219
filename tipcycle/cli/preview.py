"""Every message of the next days: to whom, when, on which channel and in which words. Nothing is sent or written."""

from __future__ import annotations

import argparse
import sys

from tipcycle.cli.options import add_at, add_json, add_year, now, print_json
from tipcycle.model.counted import counted_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How far, and of which post."""
    add_year(parser, required=False)
    parser.add_argument("--days", type=int, default=14, metavar="N", help="how far to look (default: 14)")
    parser.add_argument("--post", default="", metavar="NAME", help="only what goes to one post, by name or id")
    parser.add_argument("--words", action="store_true", help="print each message whole, not only its subject")
    add_at(parser)
    add_json(parser)


def run(parsed: argparse.Namespace) -> int:
    """Prints a line a message; progress goes to stderr."""
    from tipcycle.operations.read_preview import read_preview

    preview = read_preview(
        parsed.report_year,
        days=parsed.days,
        at=parsed.at or now(),
        post=parsed.post,
        tell=lambda line: print(line, file=sys.stderr),
    )
    if parsed.json:
        print_json(preview)
        return 0
    for one in preview["messages"]:
        law = " STATUTORY" if one["statutory"] else ""
        print(f"{one['at']}  {one['local']}  {one['channel']} to {one['position']} <{one['address']}>{law}")
        print(f"    {one['subject']}")
        if parsed.words:
            print("\n" + "\n".join(f"    {line}".rstrip() for line in one["body"].splitlines()) + "\n")
    count = counted_of(len(preview["messages"]), "message")
    print(f"{count} in {preview['days']} days; not foreseen: {preview['not_foreseen']}")
    return 0

"""Write the stored holidays of a year anew, from the package `holidays`."""

from __future__ import annotations

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The year; its file is replaced, so look at the difference before you keep it."""
    parser.add_argument("year", type=int)


def run(parsed: argparse.Namespace) -> int:
    """Prints the file, its rows, and the hosts that the package does not know."""
    import yaml

    from tipcycle.config.holidays import renew_holidays
    from tipcycle.settings import settings

    folder = settings().config_dir
    posts = yaml.safe_load((folder / "posts.yaml").read_text(encoding="utf-8"))
    rows, unknown = renew_holidays(folder / "holidays", parsed.year, [post["host"] for post in posts])
    print(f"{folder / 'holidays' / f'{parsed.year}.csv'}: {rows} holidays")
    if unknown:
        print(f"not known to the package, so without host holidays: {', '.join(unknown)}")
    return 0

"""Run Prefect with the deployments, and the intake, until stopped."""

from __future__ import annotations

import argparse
import sys

from tipcycle.cli.options import stop_on_signals


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The port of Prefect; where the intake listens is a setting (docs/operations.md)."""
    parser.add_argument("--port", type=int, default=4200, help="of the Prefect UI and API on 127.0.0.1 (default 4200)")


def run(parsed: argparse.Namespace) -> int:
    """Blocks; Ctrl-C and SIGTERM end every process it started."""
    from tipcycle.service.serve import serve

    stop_on_signals()
    try:
        serve(port=parsed.port, say=lambda line: print(line, file=sys.stderr, flush=True))
    except KeyboardInterrupt:
        print("tipcycle serve: stopped", file=sys.stderr)
    return 0

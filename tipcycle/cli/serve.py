"""Run Prefect with the deployments, until stopped."""

from __future__ import annotations

import argparse
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Loopback only, so the port is all there is to choose."""
    parser.add_argument("--port", type=int, default=4200, help="of the Prefect UI and API on 127.0.0.1 (default 4200)")


def run(parsed: argparse.Namespace) -> int:
    """Blocks; Ctrl-C and SIGTERM end every process it started."""
    import signal

    from tipcycle.service.serve import serve

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)
    try:
        serve(port=parsed.port, say=lambda line: print(line, file=sys.stderr, flush=True))
    except KeyboardInterrupt:
        print("tipcycle serve: stopped", file=sys.stderr)
    return 0

"""Run Prefect with the deployments, and the intake, or some parts of it, until stopped."""

from __future__ import annotations

import argparse
import signal
import sys
from types import FrameType

from tipcycle.cli.options import now

_PARTS = ("server", "worker", "intake")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where Prefect listens; where the intake listens is a setting (docs/operations.md)."""
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help="of the Prefect UI and API; beyond loopback set PREFECT_SERVER_API_AUTH_STRING (default 127.0.0.1)",
    )
    parser.add_argument("--port", type=int, default=4200, help="of the Prefect UI and API (default 4200)")
    parser.add_argument(
        "--parts",
        nargs="+",
        choices=_PARTS,
        default=list(_PARTS),
        metavar="PART",
        help="what runs on this machine: server, worker, intake (default: all); without the server PREFECT_API_URL "
        "says where it is",
    )
    parser.add_argument(
        "--patience",
        type=float,
        default=60,
        metavar="SECONDS",
        help="how long the self-check waits for the runs of every schedule (default 60)",
    )


def run(parsed: argparse.Namespace) -> int:
    """Blocks; Ctrl-C and SIGTERM end every process it started. Exit 1 if the self-check finds that it does not work."""
    _stop_on_signals()
    try:
        from tipcycle.service.serve import serve

        serve(host=parsed.host, port=parsed.port, patience_seconds=parsed.patience, say=_say, parts=set(parsed.parts))
    except KeyboardInterrupt:
        print("tipcycle serve: stopped", file=sys.stderr)
    return 0


def _stop_on_signals() -> None:
    """Let the first SIGINT, SIGTERM or SIGHUP raise KeyboardInterrupt, so that every `finally` runs.

    Set explicitly: a process that a shell started in the background inherits SIGINT as ignored. A SIGHUP that is
    ignored stays so: that is what nohup asks for. Further ones are ignored, or they would break the cleaning up.
    """
    signals = [signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
        signals.append(signal.SIGHUP)

    def stop(_signal: int, _frame: FrameType | None) -> None:
        for one in signals:
            signal.signal(one, signal.SIG_IGN)
        raise KeyboardInterrupt

    for one in signals:
        signal.signal(one, stop)


def _say(line: str) -> None:
    print(f"{now():%Y-%m-%d %H:%M:%SZ} {line}", file=sys.stderr, flush=True)

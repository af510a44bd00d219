"""0: nothing is known against what we install. 1: something is. 2: nobody could be asked, so nothing is known."""

from __future__ import annotations

import sys

from tests.audit.advisories import SERVICE, NotLookedError, advisories, pinned
from tipcycle.settings import ROOT


def main(service: str = SERVICE) -> int:
    """Ask, and say what was answered."""
    packages = pinned(ROOT / "requirements.lock")
    try:
        found = advisories(packages, service=service)
    except NotLookedError as error:
        print(f"NOT AUDITED: {error}", file=sys.stderr)
        print("Nothing is known about the packages; run make audit where the network reaches it.", file=sys.stderr)
        return 2
    for package, ids in found.items():
        print(f"{package}: {', '.join(ids)} (https://osv.dev/vulnerability/{ids[0]})")
    print(f"{len(packages)} packages asked about, {len(found)} with advisories")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

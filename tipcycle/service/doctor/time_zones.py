"""Do the zones of all posts load, and from which edition of the zone data?"""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tipcycle.config.load import known_cycles, load_config
from tipcycle.errors import ConfigError
from tipcycle.service.doctor.seen import Seen, fault, ok, warning
from tipcycle.settings import settings


def look(at: datetime) -> Iterator[Seen]:
    """Python takes the system's zone data where there is any, however old, and the package's elsewhere."""
    zones = sorted(_zones())
    wrong = [zone for zone in zones if not _loads(zone)]
    remedy = "install tzdata, or correct the zone in config/posts.yaml"
    for zone in wrong:
        yield fault(f"{zone} cannot be loaded", remedy)
    system, package = _system(), _package()
    told = f"{len(zones) - len(wrong)} zones of posts load; tzdata {system or package}"
    if system and package and system < package:
        yield warning(f"{told} of the system, older than the package's {package}", "update the system's tzdata")
    elif not wrong:
        yield ok(told)


def _zones() -> set[str]:
    """What cannot be read of config is its own check's fault."""
    found = {"America/New_York"}
    for year in known_cycles(settings().config_dir):
        try:
            found |= {post.time_zone for post in load_config(settings().config_dir, year).posts.values()}
        except ConfigError:
            continue
    return found


def _loads(zone: str) -> bool:
    try:
        zoneinfo.ZoneInfo(zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _system() -> str | None:
    """Such as 2026a; None where the system has no zones, or does not say."""
    for folder in map(Path, zoneinfo.TZPATH):
        path = folder / "tzdata.zi"
        if path.exists():
            with path.open(encoding="utf-8", errors="replace") as file:
                stated = re.match(r"# version (\d{4}[a-z]+)", file.readline())
            return stated[1] if stated else None
    return None


def _package() -> str | None:
    """The package's 2026.1 is the edition 2026a."""
    try:
        year, _, number = version("tzdata").partition(".")
    except PackageNotFoundError:
        return None
    letter = number.partition(".")[0]
    return f"{year}{chr(ord('a') + int(letter) - 1)}" if letter.isdigit() and 0 < int(letter) <= 26 else None

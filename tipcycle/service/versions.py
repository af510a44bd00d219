"""Are the packages here those that were measured? A wrong one lets Prefect look healthy and do nothing."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, requires, version

from packaging.requirements import Requirement

PINNED = ("prefect", "fastapi", "sqlalchemy")


def wrong_versions() -> list[str]:
    """A line for each of the three that is not as pyproject.toml holds it."""
    lines = []
    for wanted in map(Requirement, requires("tipcycle") or ()):
        if wanted.name not in PINNED:
            continue
        found = installed(wanted.name)
        if found is None or not wanted.specifier.contains(found, prereleases=True):
            lines.append(f"{wanted.name} {found or 'is missing'}, but {wanted.specifier} is needed")
    return lines


def installed(package: str) -> str | None:
    """The version that is installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None

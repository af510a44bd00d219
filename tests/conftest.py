"""What every test shares: which folders hold stories, left out of the fast tests, and which files keep together."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadGroupScheduling

from tests.databases import database, migrated_database, postgresql, postgresql_server, reused_database, run_on_both

__all__ = ["database", "migrated_database", "postgresql", "postgresql_server", "reused_database"]

# A story opens a cycle and sends to real receivers on loopback: seconds each, minutes together.
STORIES = ("browser", "crash", "faults", "flows", "machines", "operations", "service", "smoke")


_HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark stories as slow, so that `make test-fast` stays under a minute."""
    for item in items:
        if item.path.relative_to(_HERE).parts[0] in STORIES:
            item.add_marker(pytest.mark.slow)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Where no story is asked for, do not even import them: Prefect alone takes each worker two seconds."""
    told_apart = config.getoption("markexpr") == "not slow"
    return True if told_apart and collection_path.parent == _HERE and collection_path.name in STORIES else None


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run marked tests on SQLite and on PostgreSQL."""
    run_on_both(metafunc)


@cache
def _names_a_group(file: Path) -> bool:
    return file.exists() and "xdist_group(" in file.read_text(encoding="utf-8")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """With --dist loadgroup, keep a file that names an xdist_group on one worker, so that its server starts once.

    xdist 3.8 writes the group into the test's id, which pytest ignores since 9.2; then every group is torn apart.
    """
    if config.getvalue("dist") != "loadgroup":
        return None
    scheduler = LoadGroupScheduling(config, log)
    scheduler._split_scope = lambda test: _file(test) if _names_a_group(config.rootpath / _file(test)) else test
    return scheduler


def _file(test: str) -> str:
    return test.partition("::")[0]

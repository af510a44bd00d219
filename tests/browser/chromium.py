"""The browser of the system for the tests: found where it is installed, and held to this machine."""

from __future__ import annotations

import os
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Request, sync_playwright

INSTALL = "apt-get install chromium"
_NAMES = ("chromium", "chromium-browser", "google-chrome")
# A browser asks its maker for updates, for certificates and for what a word means; none of that is the page's doing.
_SILENT = ("--disable-background-networking", "--disable-component-update", "--no-first-run", "--disable-sync")
_LOCAL = ("127.0.0.1", "localhost", "::1", None)


def program() -> Path | None:
    """Chromium; None where none is installed."""
    return next((Path(found) for name in _NAMES if (found := shutil.which(name))), None)


def required_program() -> Path:
    """Chromium; without it the tests are skipped loudly, but never in CI."""
    found = program()
    if found is None:
        reason = f"Chromium is not installed, so nobody looks at the pages; to have it: {INSTALL}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        warnings.warn(reason, stacklevel=1)
        pytest.skip(reason)
    return found


@contextmanager
def browser(executable: Path) -> Iterator[Browser]:
    """A browser without a window, gone afterwards."""
    # Chromium's own cage needs a user who may make one: root, as in a container, may not.
    caged = os.geteuid() != 0
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=executable, chromium_sandbox=caged, args=[*_SILENT])
        try:
            yield running
        finally:
            running.close()


def held_to_this_machine(context: BrowserContext) -> list[str]:
    """Stop whatever a page asks of another machine; the list grows by each address that was asked for."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if urlsplit(request.url).hostname not in _LOCAL:
            asked.append(request.url)

    context.on("request", note)
    context.route(lambda url: urlsplit(url).hostname not in _LOCAL, lambda route: route.abort("blockedbyclient"))
    return asked

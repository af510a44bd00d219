"""What a story in the browser starts from: a desk, a browser held to this machine, and a folder for what it showed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import browser, held_to_this_machine, required_program
from tests.browser.desk import Desk, desk
from tipcycle.settings import ROOT

SHOTS = ROOT / "var" / "browser"
_PATIENCE_MS = 90_000  # of each thing that is waited for: a run starts within seconds, but not on a busy machine


@pytest.fixture
def chromium() -> Path:
    """Asked for before anything is started: without a browser there is nothing to start for."""
    return required_program()


@pytest.fixture
def served(chromium: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk with its board and its pages drawn."""
    with desk(tmp_path) as running:
        running.run("remind-and-escalate")
        running.run("show-desk")
        yield running


@pytest.fixture
def page(chromium: Path, served: Desk) -> Iterator[Page]:
    """One tab on the desk's Prefect; it fails the test if anything asked another machine."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    with browser(chromium) as running:
        context = running.new_context(base_url=served.ui, viewport={"width": 1400, "height": 1000})
        context.set_default_timeout(_PATIENCE_MS)
        expect.set_options(timeout=_PATIENCE_MS)
        asked = held_to_this_machine(context)
        yield context.new_page()
        assert asked == []

"""Asking keeps every paper beside the cable, once."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.smoke.story import YEAR, story, utc
from tipcycle.operations.clear_documents import clear_documents
from tipcycle.operations.keep_papers import keep_papers
from tipcycle.operations.open_cycle import open_cycle
from tipcycle.operations.render_product import render_product
from tipcycle.operations.send_action_requests import send_action_requests
from tipcycle.settings import ROOT, settings

AT = utc("2009-09-21 20:16")
GOLDEN = ROOT / "tests" / "rendering" / "golden"
PAPERS = {f"{paper}.{ext}" for paper in ("non-paper", "talking-points", "notes") for ext in ("txt", "docx", "pdf")}


def listed_and_cleared() -> None:
    open_cycle(YEAR, utc("2009-09-14 13:00"))
    clear_documents(YEAR, decision="cleared", position="gtip.director", at=utc("2009-09-18 12:00"), preview=False)


def test_each_paper_is_kept_beside_the_cable_and_is_what_render_draws(tmp_path: Path) -> None:
    with story(tmp_path):
        listed_and_cleared()
        report = asyncio.run(send_action_requests(YEAR, ("GNB", "SEN"), AT))
        kept = keep_papers(YEAR, ("GNB", "SEN", "AZE"))
        documents = settings().var_dir / "documents" / str(YEAR)

        assert report.problems == []
        assert kept == 2, "Azerbaijan's was not sent"
        for iso3 in ("GNB", "SEN"):
            folder = documents / "requests" / iso3
            assert {path.name for path in folder.iterdir()} == PAPERS
            cable = (documents / "cables" / f"{iso3}.txt").read_bytes()
            assert cable == render_product("cable", iso3, YEAR, format="txt").rendered.content
            drawn = render_product("non-paper", iso3, YEAR, format="pdf").rendered.content
            assert (folder / "non-paper.pdf").read_bytes() == drawn


def test_keeping_again_leaves_papers_alone(tmp_path: Path) -> None:
    with story(tmp_path):
        listed_and_cleared()
        asyncio.run(send_action_requests(YEAR, ("SEN",), AT))
        keep_papers(YEAR, ("SEN",))
        paper = settings().var_dir / "documents" / str(YEAR) / "requests" / "SEN" / "notes.txt"
        paper.write_text("edited by post", encoding="utf-8")

        keep_papers(YEAR, ("SEN",))

        assert paper.read_text(encoding="utf-8") == "edited by post"


def test_the_count_toward_the_two_year_limit_and_the_precedence_are_the_law_s() -> None:
    cable = render_product("cable", "AZE", YEAR, format="txt").rendered.content.decode()

    assert cable == (GOLDEN / "AZE-cable.txt").read_text(encoding="utf-8")
    assert cable.startswith("PRIORITY\n")
    assert "in one Report that counts" in " ".join(cable.split())

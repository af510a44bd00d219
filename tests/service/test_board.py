"""The board as it is served and kept: the numbers of the status board and of the digests, and nothing about people."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.service.intake import Intake
from tests.smoke.story import YEAR, progress_report, utc
from tipcycle.cli import main
from tipcycle.operations.bureau_facts import bureau_facts
from tipcycle.operations.context import context
from tipcycle.operations.draw_board import draw_board
from tipcycle.operations.draw_desk import draw_desk
from tipcycle.settings import settings
from tipcycle.store import Store

AT = utc("2009-11-18 15:00")
BUREAUS = ("AF", "EAP", "EUR", "NEA", "SCA", "WHA")


def _autumn(served: Intake) -> None:
    """Two reports on time, one late, all others missing on the third day after; the posts were reminded once."""
    cycle = served.cycle
    cycle.tick(utc("2009-10-16 09:00"))
    cycle.drop("AZE.yaml", progress_report("AZE", "Baku"))
    cycle.drop("SEN.yaml", progress_report("SEN", "Dakar"))
    cycle.take_in(utc("2009-11-10 09:00"))
    cycle.drop("LVA.yaml", progress_report("LVA", "Riga"))
    cycle.take_in(utc("2009-11-17 09:00"))
    served.at = AT


def _rows(html: str, caption: str = "") -> list[list[str]]:
    """The cells of every row of the first table at or after `caption`."""
    table = html[html.index(caption) :].partition("</table>")[0]
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", table, re.DOTALL)
    return [[re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows]


def _status_board() -> list[list[str]]:
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in draw_board(YEAR, {}).text.splitlines()]


def test_the_board_has_the_numbers_of_the_status_board(served: Intake) -> None:
    _autumn(served)
    posts = [row for row in _status_board() if row[0] in BUREAUS]
    (step,) = (row for row in _status_board() if row[0] == "progress-report")

    html = served.http.get("/board").text

    board = {row[0]: [int(cell) for cell in row[1:]] for row in _rows(html, "“In” holds")[1:]}
    # The status board tells what is overdue as of its last tick: bureau, post, asked, received, late, waived, missing
    for bureau in BUREAUS:
        told = [sum(int(row[column]) for row in posts if row[0] == bureau) for column in range(2, 7)]
        asked, came, late, overdue, not_due, waived = board[bureau]
        assert [asked, came, late, waived, overdue + not_due] == told, bureau
    assert board["all"] == [56, 3, 1, 53, 0, 0]
    assert [row for row in _rows(html, "<h2>The steps") if row[0] == "progress-report"] == [
        [step[0], step[2], step[1], step[3], *step[4:]]
    ]
    assert "<strong>Mon 14 Dec 2009, in 26 days</strong>" in html
    waiting = next(page for page in draw_desk(YEAR, {}).pages if page.key == f"waiting-{YEAR}").text
    lines = sum(line.startswith("| ") for line in waiting.splitlines()) - 2 if "| what |" in waiting else 0
    assert f"<strong>{max(lines, 0)}</strong><a href=" in html


def test_a_bureau_s_page_has_the_rows_of_its_digest_and_how_each_submission_stands(served: Intake) -> None:
    _autumn(served)
    with Store.read(settings().ledger_url) as store:
        facts = bureau_facts(store, context(YEAR), "EUR", AT)

    html = served.http.get("/board/eur").text

    assert _rows(html, "as the Monday digest")[1:] == [
        [one.post, *map(str, (one.asked, one.received, one.late, one.overdue, one.coming))] for one in facts.posts
    ]
    owed = {(row[0], row[3]): row[4:] for row in _rows(html, "Every submission")[1:]}
    assert owed["Baku", "Sun 15 Nov 2009"] == [
        "in, incomplete",
        "Tue 10 Nov 2009",
        "reminder to the action officer, Fri 16 Oct 2009",
    ]
    assert owed["Riga", "Sun 15 Nov 2009"][:2] == ["in, incomplete, late", "Tue 17 Nov 2009"]
    assert owed["Moscow", "Sun 15 Nov 2009"][:2] == ["overdue, 3 days", ""]
    assert f"http://127.0.0.1:4200/artifacts/key/proof-{YEAR}-moscow" in html


def test_what_is_overdue_is_listed_the_oldest_first_and_nothing_about_people(served: Intake) -> None:
    _autumn(served)

    pages = [served.http.get(f"/board{rest}").text for rest in ("", *(f"/{bureau}" for bureau in BUREAUS))]

    late = _rows(pages[0], "<h2>Overdue")[1:]
    assert len(late) == 53
    assert [int(row[5]) for row in late] == sorted((int(row[5]) for row in late), reverse=True)
    for page in (html.partition("</style>")[2] for html in pages):
        assert not [word for word in ("@", "SBU", "Made up", "<script", "style=", " src=") if word in page]
        assert set(re.findall(r'href="([a-z]+:[^"]+)"', page)) <= set(re.findall(r'href="(http://127[^"]+)"', page))


def test_it_only_shows_and_strangers_learn_nothing(served: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.read(settings().ledger_url) as store:
        before = len(store.acts.all())

    answers = [served.http.request(method, "/board").status_code for method in ("GET", "HEAD", "POST", "DELETE")]
    unknown = served.http.get("/board/XYZ")
    monkeypatch.setenv("TIPCYCLE_INTAKE_URL", "https://tip.example")
    shut = served.http.get("/board/EUR")
    monkeypatch.setenv("TIPCYCLE_BOARD_PASSWORD", "reader:made-up")
    asked, read = served.http.get("/board"), served.http.get("/board", auth=("reader", "made-up"))

    assert answers == [200, 200, 405, 405]
    assert (unknown.status_code, shut.status_code, asked.status_code, read.status_code) == (404, 403, 401, 200)
    assert shut.text.startswith("The board is shut")
    assert asked.headers["www-authenticate"].startswith("Basic ")
    assert "default-src 'none'" in read.headers["content-security-policy"]
    with Store.read(settings().ledger_url) as store:
        assert len(store.acts.all()) == before


def test_start_page_status_board_and_digest_lead_to_it(served: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIPCYCLE_INTAKE_URL", "https://tip.example/")

    served.cycle.tick(utc("2009-11-16 15:00"))

    assert "(https://tip.example/board)" in draw_desk(YEAR, {}).pages[0].text
    assert "(https://tip.example/board)" in draw_board(YEAR, {}).text
    with Store.read(settings().ledger_url) as store:
        mail = store.messages.find(f"message:{YEAR}:bureau-digest:eur-2009-11-16")
    assert mail
    assert "\nhttps://tip.example/board/EUR\n" in mail.body
    monkeypatch.delenv("TIPCYCLE_INTAKE_URL")
    assert "(http://127.0.0.1:4280/board)" in draw_board(YEAR, {}).text


def test_the_files_are_the_same_pages_linked_among_themselves(
    served: Intake, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "share"

    assert main(["board", "--html", str(folder), "--json"]) == 0
    written = json.loads(capsys.readouterr().out)

    assert written["report_year"] == YEAR
    assert sorted(written["files"]) == sorted(str(path) for path in folder.iterdir())
    for path in folder.iterdir():
        linked = set(re.findall(r'href="([^":]+)"', path.read_text(encoding="utf-8")))
        assert linked, path
        assert all((folder / name).exists() for name in linked), (path, linked)
    assert main(["board", "--html", str(folder)]) == 0, "a board is written over an older one"
    (folder / "EUR.html").write_text("somebody's notes", encoding="utf-8")
    assert main(["board", "--html", str(folder)]) == 1
    assert (folder / "EUR.html").read_text(encoding="utf-8") == "somebody's notes"

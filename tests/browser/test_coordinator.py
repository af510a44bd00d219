"""A coordinator's afternoon in late November, in a browser: look, take in what came late, give more time, clear."""

from __future__ import annotations

import re
from collections.abc import Callable

import yaml
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, expect

from tests.browser.conftest import SHOTS
from tests.browser.desk import Desk
from tests.browser.form import Form
from tests.smoke.story import YEAR, progress_report

START = f"/artifacts/key/start-{YEAR}"
CODE = re.compile(r"^   ([0-9A-Z]{4}(?:-[0-9A-Z]{4}){2})\s*$", re.MULTILINE)
SENEGAL = yaml.safe_dump(progress_report("SEN", "Dakar")) + "...\n"


def test_a_coordinator_finds_the_board_takes_in_a_late_report_extends_a_deadline_and_clears(
    page: Page, served: Desk
) -> None:
    """Step by step: (1) find the board, (2) see who is late, (3) take in a report, (4) give more time, (5) clear."""
    _find_the_board(page)
    _take_in_a_late_report(page)
    _give_more_time(page, served)
    _clear_what_waits(page, served)

    served.run("show-desk")
    page.goto(f"/artifacts/key/proof-{YEAR}-dakar")
    expect(page.get_by_role("heading", name="progress-report SEN: received, late")).to_be_visible()
    expect(page.get_by_text("due Fri 4 Dec 2009")).to_be_visible()
    _shot(page, "5-afterwards")
    page.goto(f"/artifacts/key/waiting-{YEAR}")
    expect(page.get_by_text("Nothing waits.")).to_be_visible()


def _find_the_board(page: Page) -> None:
    """From the address that everybody types: the deployments, the tick's description, the board."""
    page.goto("/")
    expect(page.get_by_text("Dashboard").first).to_be_visible()
    expect(page.get_by_text("V2 UI")).to_have_count(0)
    page.get_by_text("Deployments", exact=True).first.click()
    page.get_by_placeholder("Search deployments").fill("remind")
    page.get_by_role("link", name="remind-and-escalate").first.click()
    page.get_by_text("Description", exact=True).click()
    board = _opened(page, "Status board")
    expect(board.get_by_role("heading", name=f"Cycle {YEAR}: status board")).to_be_visible()
    dakar = board.get_by_role("row").filter(has=board.get_by_role("link", name="Dakar", exact=True))
    assert dakar.get_by_role("cell").all_inner_texts()[:8] == ["AF", "Dakar", "2", "0", "0", "0", "2", "2"]
    _shot(board, "1-board")
    board.close()


def _take_in_a_late_report(page: Page) -> None:
    page.goto(START)
    tab = _opened(page, "late-submission")
    form = Form(tab)
    assert form.fields == ["post", "upload", "inbox_file", "pasted_text", "preview"]
    form.choose("post", "Dakar (dakar)")
    form.write("pasted_text", SENEGAL)
    _shot(tab, "2-late-submission")
    _submitted(tab, form, r"progress-report SEN: .*accepted late")
    _shot(tab, "2-taken-in")
    tab.close()


def _give_more_time(page: Page, served: Desk) -> None:
    """The post asked; what waits leads to the form, filled in with what it asked for; the director signs."""
    page.goto(f"/artifacts/key/waiting-{YEAR}")
    expect(page.get_by_text("dakar.action-officer asks for progress-report GNB until 2009-12-04")).to_be_visible()
    _shot(page, "3-waiting")

    def fill(form: Form) -> None:
        expect(form.field("country")).to_contain_text("Guinea-Bissau (GNB)")
        expect(form.field("to")).to_contain_text("Dec 4th, 2009")
        form.write("reason", "Made up: the ministry is away.")
        form.choose("approver", "gtip.director")

    _signed(page, served, link="change-deadline", fill=fill, becomes="progress-report GNB changed")


def _clear_what_waits(page: Page, served: Desk) -> None:
    """Angola's request lies uncleared; the line that says so leads to the form, which leaves the decision open."""
    page.goto(f"/artifacts/key/waiting-{YEAR}")

    def fill(form: Form) -> None:
        expect(form.field("position")).to_contain_text("af.bureau")
        form.choose("decision", "cleared")

    _signed(page, served, link="clear-document", fill=fill, becomes="1 document cleared")


def _signed(page: Page, served: Desk, *, link: str, fill: Callable[[Form], None], becomes: str) -> None:
    """The same form twice: once for the code, which comes by mail, and once with it."""
    tab = _opened(page, link)
    form = Form(tab)
    fill(form)
    form.switch("preview", on=False)
    form.switch("send_code", on=True)
    _shot(tab, f"{link}-form")
    _submitted(tab, form, "mailed; run it again with the code")
    _shot(tab, f"{link}-code-sent")
    tab.close()

    tab = _opened(page, link)
    form = Form(tab)
    fill(form)
    form.switch("preview", on=False)
    form.write("code", _newest_code(served))
    _shot(tab, f"{link}-signed")
    _submitted(tab, form, becomes)
    _shot(tab, f"{link}-done")
    tab.close()


def _newest_code(served: Desk) -> str:
    """As its position reads it in the last mail that brought one."""
    mails = (served.cycle.folder / "mails").rglob(f"message_{YEAR}_code_*.eml")
    newest = max(mails, key=lambda mail: int(mail.stem.rpartition("_")[2]))
    (code,) = CODE.findall(newest.read_text(encoding="utf-8"))
    return str(code)


def _submitted(tab: Page, form: Form, becomes: str) -> None:
    """Start the run, go to it, and wait until its log says what became of it."""
    run = form.submit()
    try:
        tab.goto(f"/runs/flow-run/{run}")  # the note with the link to it slides in and away again
        expect(tab.get_by_text(re.compile(becomes)).first).to_be_visible()
    except (AssertionError, PlaywrightError):
        _shot(tab, "failed")
        raise


def _opened(page: Page, link: str) -> Page:
    """The tab that a link of a page opens."""
    with page.expect_popup() as popup:
        page.get_by_role("link", name=link, exact=True).first.click()
    return popup.value


def _shot(page: Page, name: str) -> None:
    """The whole page as a picture, for people to look at: Prefect scrolls within the window."""
    tall = "Math.max(...[...document.querySelectorAll('*')].map(one => one.scrollHeight))"
    page.set_viewport_size({"width": 1400, "height": min(2600, max(1000, int(page.evaluate(tall)) + 50))})
    page.screenshot(path=SHOTS / f"{name}.png")
    page.set_viewport_size({"width": 1400, "height": 1000})

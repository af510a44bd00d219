"""Answering without a login: looking never acts, a button acts once, and a link says no more than it was made for."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from html.parser import HTMLParser

import httpx
import pytest

from tests.builders import config, obligation, places, utc
from tests.service.intake import AZE, FORM, LVA, ON_TIME, Intake, intake
from tests.smoke.story import Story
from tipcycle.model.answer import Answer
from tipcycle.rendering.answer_page import AnswerPage, render_answer_page
from tipcycle.settings import ROOT, settings
from tipcycle.store import Store

BAKU = "baku.action-officer"


def link(served: Intake, *, obligation: str = AZE, position: str = BAKU, days: int = 30) -> str:
    return "/answer/" + served.token(obligation, purpose="answer", position=position, days=days)


def press(served: Intake, path: str, answer: str, **fields: str) -> httpx.Response:
    """Open the page and press one of its buttons, as a browser does."""
    found = re.search(r'name="form" value="([^"]+)"', served.http.get(path).text)
    form = {"form": found[1] if found else "", "answer": answer} | fields
    return served.http.post(path, data=form, follow_redirects=True)


def answers(of: str = AZE) -> tuple[Answer, ...]:
    with Store.read(settings().ledger_url) as store:
        return store.answers.of_obligations([of]).get(of, ())


def acts() -> list[tuple[str, str, str, str]]:
    with Store.read(settings().ledger_url) as store:
        found = [act for act in store.acts.all() if act.act == "answer"]
        assert not list(store.acts.breaks())
    return [(act.object, act.actor, act.details["channel"], act.details["answer"]) for act in found]


def standing(of: str = AZE) -> str:
    with Store.read(settings().ledger_url) as store:
        return store.obligations.get(of).standing


def test_the_page_says_what_is_owed_and_when_on_both_clocks(served: Intake) -> None:
    page = served.http.get(link(served))

    assert page.status_code == 200
    for told in (
        "Progress report on the action plan, with statistics: Azerbaijan",
        "Sun 15 Nov 2009 23:59 (UTC+4)",
        "Sun 15 Nov 2009 19:59 UTC",
        "5 days left",
        "Request received",
        "Nothing to report",
    ):
        assert told in page.text


def test_looking_at_a_link_changes_nothing_however_often(served: Intake) -> None:
    path = link(served)
    with Store.read(settings().ledger_url) as store:
        before = len(store.acts.all())

    for method in ("GET", "HEAD", "GET"):
        assert served.http.request(method, path).status_code == 200
        assert served.http.request(method, path, params={"answer": "received", "form": "x"}).status_code == 200

    with Store.read(settings().ledger_url) as store:
        assert len(store.acts.all()) == before
    assert answers() == ()


def test_a_button_acts_and_the_page_says_so(served: Intake) -> None:
    page = press(served, link(served), "received")

    assert page.status_code == 200
    assert [response.status_code for response in page.history] == [303]
    assert "<strong>Request received</strong>" in page.text
    assert acts() == [(AZE, BAKU, "link", "received")]
    (kept,) = answers()
    assert (kept.position, kept.answer, kept.channel, kept.answered_at) == (BAKU, "received", "link", ON_TIME)


def test_a_promise_is_kept_with_its_day(served: Intake) -> None:
    page = press(served, link(served), "will_report", report_on="2009-11-20")

    assert "Will report by Fri 20 Nov 2009" in page.text
    assert str(answers()[0].report_on) == "2009-11-20"
    assert standing() == "missing", "a promise is no report"


def test_nothing_to_report_is_a_nil_report_of_that_position(served: Intake) -> None:
    page = press(served, link(served), "nothing_to_report")

    assert standing() == "nil"
    assert "was attested" in page.text
    assert "<form" not in page.text, "nothing more is asked"
    with Store.read(settings().ledger_url) as store:
        kept = store.submissions.latest(AZE)
    assert kept
    assert (kept.version, kept.submission.submitted_by, kept.submission.nothing_to_report) == (1, BAKU, True)
    assert served.inbox() == []
    (file,) = (served.cycle.folder / "taken-in" / "accepted").glob("answer-AZE-*.yaml")
    assert "through the link" in file.read_text(encoding="utf-8")
    assert {reason for state, reason in served.cycle.notices("progress-report:AZE").values() if state == "cancelled"}


def test_a_report_may_follow_a_nil_answer_as_a_new_version(served: Intake) -> None:
    press(served, link(served), "nothing_to_report")
    served.upload(FORM)

    (taken,) = served.cycle.take_in(ON_TIME)

    assert taken.outcome == "accepted"
    assert standing() == "received"


@pytest.mark.parametrize("answer", ["wrong_office", "extension"])
def test_other_answers_change_nothing_but_the_record(served: Intake, answer: str) -> None:
    before = served.cycle.notices("progress-report:AZE")

    press(served, link(served), answer, report_on="2009-11-27", note="the consul")

    assert [(one.answer, one.note) for one in answers()] == [(answer, "the consul")]
    assert standing() == "missing"
    assert served.cycle.notices("progress-report:AZE") == before


def test_the_same_answer_twice_is_one_and_another_one_is_another(served: Intake) -> None:
    path = link(served)

    for _ in range(2):
        assert press(served, path, "received").status_code == 200
    press(served, path, "will_report", report_on="2009-11-20")
    press(served, path, "will_report", report_on="2009-11-21")
    press(served, path, "will_report", report_on="2009-11-20")

    days = [f"{one.report_on:%d}" if one.report_on else one.answer for one in answers()]
    assert days == ["received", "20", "21", "20"], "the last word counts"


def test_a_link_takes_no_more_than_thirty_answers(served: Intake) -> None:
    path = link(served)
    for number in range(30):
        assert press(served, path, "wrong_office", note=str(number)).status_code == 200

    page = press(served, path, "wrong_office", note="30")

    assert page.status_code == 422
    assert "write to us instead" in page.text
    assert len(answers()) == 30


@pytest.mark.parametrize("answer", ["received", "nothing_to_report"])
def test_a_button_pressed_ten_times_at_once_is_one_answer(served: Intake, answer: str) -> None:
    path = link(served)
    form = re.search(r'name="form" value="([^"]+)"', served.http.get(path).text)
    assert form

    async def all_at_once() -> list[httpx.Response]:
        async with httpx.AsyncClient(base_url=served.url, trust_env=False, timeout=30) as http:
            data = {"form": form[1], "answer": answer}
            return await asyncio.gather(*(http.post(path, data=data) for _ in range(10)))

    codes = {response.status_code for response in asyncio.run(all_at_once())}

    assert codes == {303}
    assert len(answers()) == 1
    assert acts() == [(AZE, BAKU, "link", answer)]


@pytest.mark.parametrize(
    ("change", "status", "told"),
    [
        pytest.param(lambda path: path[:-1], 404, "This link is not complete", id="cut short"),
        pytest.param(
            lambda path: path[:-1] + ("1" if path[-1] == "0" else "0"),
            404,
            "This link is not complete",
            id="tampered with",
        ),
        pytest.param(lambda path: "/answer/x", 404, "This link is not complete", id="forged"),
        pytest.param(lambda path: "/answer/" + "x" * 3000, 404, "This link is not complete", id="endless"),
        pytest.param(lambda path: path + "%C3%A4", 404, "This link is not complete", id="no ASCII"),
    ],
)
def test_a_link_that_is_not_whole_opens_nothing(served: Intake, change: object, status: int, told: str) -> None:
    path = change(link(served))  # type: ignore[operator]

    for answer in (served.http.get(path), served.http.post(path, data={"answer": "received", "form": "x"})):
        assert answer.status_code == status
        assert told in answer.text
    assert answers() == ()


def test_an_expired_link_says_so_and_acts_no_more(served: Intake) -> None:
    path = link(served, days=5)
    form = re.search(r'name="form" value="([^"]+)"', served.http.get(path).text)
    assert form
    served.at = utc("2009-11-15 09:00")

    for answer in (served.http.get(path), served.http.post(path, data={"answer": "received", "form": form[1]})):
        assert answer.status_code == 410
        assert "This link has expired" in answer.text
    assert answers() == ()


def test_a_person_who_asks_too_often_is_told_in_a_sentence(asked: Story) -> None:
    with intake(asked, intake_requests_per_minute="1") as served:
        served.http.get("/answer/x")

        slow = served.http.get("/answer/x")

    assert slow.status_code == 429
    assert slow.headers["Content-Type"].startswith("text/plain")
    assert re.fullmatch(r"Too many requests from this address; try again in \d+ s\.", slow.text)


def test_an_upload_token_opens_no_page(served: Intake) -> None:
    assert served.http.get(f"/answer/{served.token()}").status_code == 404


def test_a_link_for_a_ledger_that_is_not_this_one_opens_nothing(served: Intake) -> None:
    assert served.http.get(link(served, obligation="obligation:1999:progress-report:AZE")).status_code == 404
    assert served.http.get(link(served, position="baku.nobody")).status_code == 404


def test_only_the_form_of_this_very_page_acts(served: Intake) -> None:
    other = re.search(r'name="form" value="([^"]+)"', served.http.get(link(served, obligation=LVA)).text)
    assert other

    for form in ("", "x", other[1]):
        answer = served.http.post(link(served), data={"answer": "received", "form": form})
        assert answer.status_code == 400
        assert "Nothing was kept" in answer.text
    assert answers() == ()


def test_a_link_is_spent_once_the_report_is_in(served: Intake) -> None:
    path = link(served)
    form = re.search(r'name="form" value="([^"]+)"', served.http.get(path).text)
    assert form
    served.upload(FORM)
    served.cycle.take_in(ON_TIME)

    shown = served.http.get(path)
    pressed = served.http.post(path, data={"answer": "nothing_to_report", "form": form[1]})

    assert shown.status_code == 200
    assert pressed.status_code == 409
    for page in (shown, pressed):
        assert "Nothing more is asked here" in page.text
        assert "<form" not in page.text
    assert standing() == "received"
    assert answers() == ()


def test_a_day_that_is_over_is_told_beside_its_field_and_what_was_typed_stays(served: Intake) -> None:
    page = press(served, link(served), "extension", report_on="2009-11-01", note="the ministry")

    assert page.status_code == 422
    assert 'role="alert"' in page.text
    assert page.text.count("Sun 1 Nov 2009 is over already") == 2
    assert 'aria-invalid="true" aria-describedby="extension-day-fault"' in page.text
    assert 'value="the ministry"' in page.text
    assert answers() == ()


def test_the_page_runs_nothing_fetches_nothing_and_tells_nobody_its_address(served: Intake) -> None:
    for path in (link(served), "/answer/x"):
        page = served.http.get(path)
        assert "<script" not in page.text
        assert not re.search(r'(?:src|href)="https?:', page.text)
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert page.headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]


class _Structure(HTMLParser):
    """Which headings, labels and fields a page has; every element that is opened is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.labelled: list[str] = []
        self.fields: list[str] = []
        self.headings: list[str] = []
        self.text: list[str] = []
        self.language = ""
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids += [given["id"]] if "id" in given else []
        self.labelled += [given[name] for name in ("for", "aria-labelledby", "aria-describedby") if name in given]
        if tag == "input" and given.get("type") != "hidden":
            self.fields.append(given["id"])
        if tag in {"h1", "h2", "h3"}:
            self.headings.append(tag)
        self.language = given.get("lang", self.language)
        if tag not in {"meta", "br", "input"}:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_the_page_can_be_read_by_a_screen_reader(served: Intake) -> None:
    found = _Structure()
    found.feed(press(served, link(served), "extension", report_on="").text)

    assert found.language == "en"
    assert found.headings.count("h1") == 1
    assert len(found.ids) == len(set(found.ids))
    assert set(found.labelled) <= set(found.ids)
    assert set(found.fields) <= set(found.labelled), "every field has a label"


@pytest.fixture
def hostile() -> str:
    owed = obligation("AZE")
    evil = "<script>alert(1)</script>\"'&{{ 7 * 7 }}"
    real = config()
    position = replace(real.positions[BAKU], title=evil)
    changed = replace(
        real,
        posts=dict(real.posts) | {"baku": real.posts["baku"].model_copy(update={"name": evil})},
        countries=dict(real.countries) | {"AZE": real.countries["AZE"].model_copy(update={"in_text": evil})},
        positions=dict(real.positions) | {BAKU: position},
    )
    said = Answer("answer:1", owed.key, BAKU, "wrong_office", None, evil, "link", 1, ON_TIME)
    fault = {"answer": "extension", "field": "note", "told": evil}
    shown = AnswerPage(
        owed, position, [said], "", evil, fault, {"answer": "extension", "report_on": evil, "note": evil}
    )
    return render_answer_page(
        shown, config=changed, places=places(), templates=ROOT / "config" / "templates", at=ON_TIME
    )


def test_hostile_names_and_notes_are_shown_as_text(hostile: str) -> None:
    found = _Structure()
    found.feed(hostile)

    assert "<script" not in hostile
    assert "".join(found.text).count("<script>alert(1)</script>\"'&{{ 7 * 7 }}") >= 6
    assert found.fields == ["will_report-day", "wrong_office-note", "extension-day", "extension-note"]

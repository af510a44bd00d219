"""Reporting instructions: one cable a post, once; with its acceptance the post owes an annual submission a country."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse

from tests.smoke.story import YEAR, Story, story, utc
from tests.submissions.test_annual_submission import annual
from tipcycle.cli import main
from tipcycle.errors import StoreError
from tipcycle.model.obligation import Obligation
from tipcycle.model.token import Grant, write_token
from tipcycle.operations.answer_by_link import Kept, answer_by_link
from tipcycle.operations.context import context
from tipcycle.operations.open_cycle import open_cycle
from tipcycle.operations.read_status import read_status
from tipcycle.operations.record_step import record_step
from tipcycle.operations.request_annual_submissions import owed_instructions, request_annual_submissions
from tipcycle.operations.settle_unknown import settle_unknown
from tipcycle.operations.write_upload_token import write_upload_token
from tipcycle.service.receivers.web import GatewayReceiver
from tipcycle.settings import settings
from tipcycle.store import Store

BRIDGETOWN = "message:2010:reporting-instructions:bridgetown"
OFFICER = "gtip.action-officer"
DAY = "2009-12-14 14:00"


class Choosy(GatewayReceiver):
    """Answers what is for `address` with `status`, as long as that is set."""

    status = 0
    address = "AMEMBASSY BRIDGETOWN"

    async def _post(self, request: Request) -> JSONResponse:
        if self.status and self.address.encode() in await request.body():
            return JSONResponse({"error": "not this one"}, self.status)
        return await super()._post(request)


def instruct(at: str) -> list[str]:
    """What a run at that moment could not send."""
    moment = utc(at)
    posts = [post for _, posts in owed_instructions(YEAR, moment).batches for post in posts]
    return asyncio.run(request_annual_submissions(YEAR, posts, moment)).problems


def winter(cycle: Story) -> None:
    """The cycle opened and its list recorded, nothing else."""
    open_cycle(YEAR, utc("2009-08-31 12:00"))
    open_cycle(YEAR, utc("2009-09-14 12:00"))


def owed(step: str) -> list[Obligation]:
    with Store.read(settings().ledger_url) as store:
        return store.obligations.of_cycle(YEAR, step=step)


def one(step: str, country: str = "all") -> Obligation:
    with Store.read(settings().ledger_url) as store:
        return store.obligations.get(f"obligation:{YEAR}:{step}:{country}")


def test_nothing_goes_out_before_the_planned_day_in_washington(tmp_path: Path) -> None:
    with story(tmp_path) as cycle:
        winter(cycle)

        assert owed_instructions(YEAR, utc("2009-12-14 04:59")).line == "not before Mon 14 Dec 2009"
        assert owed_instructions(YEAR, utc("2009-12-14 05:00")).line == "171 reporting instructions owed"
        assert instruct("2009-12-14 04:59") == []
        assert cycle.gateway.accepted == {}


def test_a_cycle_that_is_not_open_owes_none(tmp_path: Path) -> None:
    with story(tmp_path):
        assert owed_instructions(YEAR, utc(DAY)).line == "cycle 2010 is not open yet"


def test_each_post_gets_one_cable_and_owes_one_submission_a_country_from_that_moment(tmp_path: Path) -> None:
    with story(tmp_path) as cycle:
        winter(cycle)
        started = time.thread_time()

        problems = instruct(DAY)

        spent = time.thread_time() - started
        instructions = {key: n for key, n in cycle.gateway.accepted.items() if ":reporting-instructions:" in key}
        submissions = owed("annual-submission")
        assert problems == []
        assert len(instructions) == 171
        assert set(instructions.values()) == {1}
        assert len(submissions) == 189
        assert {obligation.opened_at for obligation in submissions} == {utc(DAY)}
        assert Counter(obligation.post for obligation in submissions)["bridgetown"] == 7
        assert spent < 4, f"{spent:.1f} s of CPU for 171 cables and 189 ladders"
        step, draft = one("reporting-instructions"), one("full-draft")
        assert (step.standing, step.answered_at) == ("received", utc(DAY))
        assert draft.opened_at == utc(DAY)


def test_run_again_it_sends_nothing_and_opens_nothing_anew(tmp_path: Path) -> None:
    with story(tmp_path) as cycle:
        winter(cycle)
        instruct(DAY)
        notices = cycle.counts()

        again = owed_instructions(YEAR, utc("2009-12-15 14:00"))
        report = asyncio.run(request_annual_submissions(YEAR, ["bridgetown", "baku"], utc("2009-12-15 14:00")))

        assert again.line == "every post has its instructions; nothing owed"
        assert (again.batches, report.problems) == ((), [])
        assert set(cycle.gateway.accepted.values()) == {1}
        assert cycle.counts() == notices
        assert {obligation.opened_at for obligation in owed("annual-submission")} == {utc(DAY)}


@pytest.mark.parametrize(("status", "word"), [(422, "refused"), (500, "unknown"), (503, "not_sent")])
def test_a_post_whose_cable_was_not_taken_is_unasked_and_keeps_the_step_open(
    tmp_path: Path, status: int, word: str
) -> None:
    with story(tmp_path, gateway=Choosy(tmp_path / "cables")) as cycle:
        assert isinstance(cycle.gateway, Choosy)
        winter(cycle)
        cycle.gateway.status = status

        (problem,) = instruct(DAY)

        assert problem.startswith(f"{BRIDGETOWN}: {word}")
        assert {obligation.country for obligation in owed("annual-submission") if obligation.opened_at is None} == {
            "ATG",
            "BRB",
            "DMA",
            "GRD",
            "KNA",
            "LCA",
            "VCT",
        }
        assert one("reporting-instructions").standing == "missing"
        with pytest.raises(StoreError, match=r"1 was not: Bridgetown; .*tipcycle settle"):
            record_step(YEAR, step="reporting-instructions", actor=OFFICER, note="", at=utc("2009-12-15 14:00"))
        assert owed_instructions(YEAR, utc("2009-12-15 14:00")).line == "1 reporting instructions owed"


def test_what_was_not_sent_goes_out_with_the_next_run_and_ends_the_step(tmp_path: Path) -> None:
    with story(tmp_path, gateway=Choosy(tmp_path / "cables")) as cycle:
        assert isinstance(cycle.gateway, Choosy)
        winter(cycle)
        cycle.gateway.status = 503
        instruct(DAY)
        cycle.gateway.status = 0

        problems = instruct("2009-12-16 14:00")

        assert problems == []
        assert one("annual-submission", "BRB").opened_at == utc("2009-12-16 14:00")
        assert one("annual-submission", "AZE").opened_at == utc(DAY), "asked before, and not asked anew"
        assert one("reporting-instructions").answered_at == utc("2009-12-16 14:00")
        assert one("full-draft").opened_at == utc("2009-12-16 14:00")


@pytest.mark.parametrize("as_", ["was-sent", "send-again"])
def test_a_refused_cable_is_seen_and_settled_by_a_person(tmp_path: Path, as_: str) -> None:
    with story(tmp_path, gateway=Choosy(tmp_path / "cables")) as cycle:
        assert isinstance(cycle.gateway, Choosy)
        winter(cycle)
        cycle.gateway.status = 422
        instruct(DAY)
        (again,) = instruct("2009-12-15 14:00")
        listed = [one["message"] for one in read_status(YEAR)["refused_messages"]]
        cycle.gateway.status = 0

        settle_unknown(BRIDGETOWN, as_=as_, actor=OFFICER, at=utc("2009-12-16 13:00"))  # type: ignore[arg-type]
        problems = instruct("2009-12-16 14:00")

        assert again.startswith(f"{BRIDGETOWN}: refused before")
        assert listed == [BRIDGETOWN]
        assert problems == []
        assert one("annual-submission", "BRB").opened_at is not None
        assert one("reporting-instructions").standing == "received"
        assert cycle.gateway.accepted[BRIDGETOWN] == (1 if as_ == "send-again" else 0)


def test_a_post_with_seven_countries_gets_one_mail_a_day(tmp_path: Path) -> None:
    with story(tmp_path) as cycle:
        winter(cycle)
        asyncio.run(request_annual_submissions(YEAR, ["bridgetown"], utc(DAY)))

        for passed in range(34):
            for hour in (13, 19):  # 09:00 and 15:00 at the post
                cycle.tick(utc(f"2010-01-29 {hour}:00") + timedelta(days=passed))

        mails = [key for key in cycle.sent_to("bridgetown.action-officer") if ":email:" in key]
        days = Counter(key.split(":")[4] for key in mails)
        assert set(days.values()) == {1}
        assert len(days) == 5, "30, 14, 7 and 1 days before, and a day after"
        assert cycle.notices("annual-submission:LCA")[-30, "bridgetown.action-officer"] == ("sent", "accepted")


def test_an_answer_is_taken_for_a_country_that_was_never_placed_and_stops_its_ladder(tmp_path: Path) -> None:
    with story(tmp_path) as cycle:
        winter(cycle)
        instruct(DAY)
        form = annual(country="LCA", post="Bridgetown", submitted_by="bridgetown.action-officer")
        cycle.drop("LCA.yaml", form.model_dump(mode="json", by_alias=True, exclude_defaults=True))

        (taken,) = cycle.take_in(utc("2010-02-15 14:00"))

        assert (taken.outcome, taken.findings) == ("accepted", ())
        lucia = one("annual-submission", "LCA")
        assert (lucia.standing, lucia.complete, lucia.late) == ("received", True, False)
        assert {state for state, _ in cycle.notices("annual-submission:LCA").values()} == {"cancelled"}
        assert one("annual-submission", "BRB").standing == "missing"


def test_an_answer_of_a_post_that_was_not_asked_yet_is_refused(tmp_path: Path) -> None:
    with story(tmp_path) as cycle:
        winter(cycle)
        form = annual(country="FRA", post="Paris", submitted_by="paris.action-officer")
        cycle.drop("FRA.yaml", form.model_dump(mode="json", by_alias=True, exclude_defaults=True))

        (taken,) = cycle.take_in(utc("2009-12-01 14:00"))

        assert [finding.code for finding in taken.findings] == ["obligation.unknown"]


def test_the_workbooks_of_all_countries_follow_in_one_mail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with story(tmp_path) as cycle:
        monkeypatch.setenv("TIPCYCLE_WORKBOOK", "attachment")
        winter(cycle)

        asyncio.run(request_annual_submissions(YEAR, ["bridgetown"], utc(DAY)))

        with Store.read(settings().ledger_url) as store:
            mail = store.messages.find("message:2010:forms:annual-submission-bridgetown")
        assert mail is not None
        names = [one.name for one in mail.attachments]
        assert names[0] == "how-to-answer.txt"
        assert sorted(names[1:]) == sorted(
            f"{iso3}-annual-submission-2010.xlsx" for iso3 in context(YEAR).config.posts["bridgetown"].covers
        )
        assert mail.subject == "Forms for your answers: 7 countries, cycle 2010"


def test_beyond_two_hundred_posts_a_task_takes_fifty() -> None:
    from tipcycle.operations.request_annual_submissions import _batches

    few, many = [f"post-{n:04}" for n in range(200)], [f"post-{n:04}" for n in range(1_900)]

    assert len(_batches(few)) == 200
    assert [len(posts) for _, posts in _batches(many)] == [50] * 38
    assert _batches(many)[0][0] == "post-0000 to post-0049"


def test_it_is_typed_too_and_a_cable_can_be_read_before_it_goes_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with story(tmp_path) as cycle:
        winter(cycle)

        assert main(["instruct", "--report-year", "2010", "--show", "Bridgetown"]) == 0
        shown = capsys.readouterr().out
        sent = dict(cycle.gateway.accepted)
        assert main(["instruct", "--report-year", "2010", "--at", "2009-12-14T14:00Z"]) == 0

        assert "Saint Lucia (LCA), not placed in the 2009" in shown
        assert sent == {}
        assert capsys.readouterr().out == "171 reporting instructions owed\n"
        assert cycle.gateway.accepted[BRIDGETOWN] == 1


def test_the_board_counts_the_answers_of_winter_once_a_post_was_asked(tmp_path: Path) -> None:
    with story(tmp_path, gateway=Choosy(tmp_path / "cables")) as cycle:
        assert isinstance(cycle.gateway, Choosy)
        winter(cycle)
        before = read_status(YEAR)["posts_step"]
        cycle.gateway.status = 422

        asyncio.run(request_annual_submissions(YEAR, ["bridgetown", "dakar"], utc(DAY)))

        status = read_status(YEAR)
        asked = {row["post"]: (row["asked"], row["missing"]) for row in status["posts"]}
        assert before == "progress-report"
        assert status["posts_step"] == "annual-submission"
        assert asked == {"Bridgetown": (0, 7), "Dakar": (2, 2)}


def test_nil_by_the_link_in_a_reminder_stands_as_nil_and_as_partial(tmp_path: Path) -> None:
    with story(tmp_path) as cycle:
        winter(cycle)
        asyncio.run(request_annual_submissions(YEAR, ["dakar"], utc(DAY)))
        grant = Grant(
            "answer", "obligation:2010:annual-submission:SEN", "dakar.action-officer", utc("2010-04-01 00:00")
        )
        token = write_token(grant, settings().signing_secret)

        kept = answer_by_link(token, {"answer": "nothing_to_report"}, at=utc("2010-02-01 12:00"))

        assert isinstance(kept, Kept)
        assert kept.outcome == "kept"
        senegal = one("annual-submission", "SEN")
        assert (senegal.standing, senegal.complete) == ("nil", False)
        assert cycle.notices("annual-submission:SEN")[-14, "dakar.action-officer"] == ("cancelled", "answered")


def test_an_upload_token_opens_one_annual_submission_only(tmp_path: Path) -> None:
    with story(tmp_path) as cycle:
        winter(cycle)
        asyncio.run(request_annual_submissions(YEAR, ["dakar"], utc(DAY)))

        token = write_upload_token(
            YEAR, step="annual-submission", country="GNB", days=5, issued_by=OFFICER, at=utc("2010-02-01 12:00")
        )

        assert token.obligation == "obligation:2010:annual-submission:GNB"
        assert cycle.gateway.accepted == {"message:2010:reporting-instructions:dakar": 1}

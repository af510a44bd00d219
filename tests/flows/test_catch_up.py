"""After an outage the real flows run: five late ticks at once end as one does, and each step is done once."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.flows.prefect_runs import FlowProcess
from tests.smoke.story import YEAR, progress_report, story, utc
from tipcycle.operations.clear_documents import clear_documents
from tipcycle.operations.write_ledger import write_ledger
from tipcycle.service.prefect_server import PrefectServer
from tipcycle.settings import settings
from tipcycle.store import Store

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("server")]

BACK = "2009-11-16T15:00:00+00:00"


def test_five_late_ticks_at_once_and_five_more_leave_the_same_ledger_as_one(
    own_server: PrefectServer, tmp_path: Path, asked_ledger: Path
) -> None:
    with story(tmp_path / "one", ledger=asked_ledger) as cycle:
        cycle.tick(utc("2009-11-13 15:00"))
        cycle.tick(utc("2009-11-16 15:00"))
        one = write_ledger(tmp_path / "one.csv", YEAR)
        once = cycle.sent()

    call: tuple[str, dict[str, Any]] = ("remind-and-escalate", {"report_year": YEAR, "at": BACK})
    with story(tmp_path / "many", ledger=asked_ledger) as cycle:
        cycle.tick(utc("2009-11-13 15:00"))
        with ExitStack() as processes:
            five = [processes.enter_context(FlowProcess(own_server)) for _ in range(5)]
            for process in five:
                process.begin([call] * 2)
            told = [process.told() for process in five]
        many = write_ledger(tmp_path / "many.csv", YEAR)

        assert {state for runs in told for state, _ in runs} == {"COMPLETED"}
        assert cycle.sent() == once
        assert set(once.values()) == {1}
    assert many == one
    assert (tmp_path / "many.csv").read_bytes() == (tmp_path / "one.csv").read_bytes()


def test_each_step_flow_is_not_before_its_day_and_after_45_days_off_does_what_is_owed_once(
    own_server: PrefectServer, tmp_path: Path
) -> None:
    with story(tmp_path) as cycle, FlowProcess(own_server) as process:

        def run(*calls: tuple[str, str]) -> list[str]:
            year: dict[str, Any] = {"report_year": YEAR}
            told = process.run(
                *(
                    (name, {"at": f"{day}T15:00:00+00:00"} | ({} if name == "collect-submissions" else year))
                    for name, day in calls
                )
            )
            assert [state for state, _ in told] == ["COMPLETED"] * len(calls), told
            return [message.splitlines()[0] for _, message in told]

        assert run(
            ("open-cycle", "2009-08-30"),
            ("send-action-requests", "2009-09-20"),
            ("request-annual-submissions", "2009-12-13"),
            ("assemble-interim-assessment", "2009-12-17"),
            ("assemble-full-assessment", "2010-04-14"),
            ("collect-submissions", "2009-08-30"),
        ) == [
            "cycle 2010: not before Mon 31 Aug 2009",
            "not before Mon 21 Sep 2009",
            "not before Mon 14 Dec 2009",
            "not before Fri 18 Dec 2009",
            "not before Thu 15 Apr 2010",
            "0 files: 0 accepted, 0 refused",
        ]

        listed = run(("open-cycle", "2009-10-29"), ("open-cycle", "2009-10-29"))
        assert listed[0] == "cycle 2010: special watch list recorded, 56 entries"
        assert listed[1].endswith("nothing owed")

        clear_documents(YEAR, decision="cleared", position="gtip.director", at=utc("2009-11-04 15:00"), preview=False)
        assert run(("send-action-requests", "2009-11-05"), ("send-action-requests", "2009-11-05")) == [
            "56 action requests owed",
            "every action request is out; nothing owed",
        ]
        cycle.drop("AZE.yaml", progress_report("AZE", "Baku"))
        assert run(("collect-submissions", "2009-12-30"), ("collect-submissions", "2009-12-30")) == [
            "1 file: 1 accepted, 0 refused",
            "0 files: 0 accepted, 0 refused",
        ]
        assert run(*[("request-annual-submissions", "2010-01-28")] * 2) == [
            "171 reporting instructions owed",
            "every post has its instructions; nothing owed",
        ]
        assert run(*[("assemble-interim-assessment", "2010-02-01")] * 2) == [
            "56 chapters owed",
            "the draft was made; nothing owed",
        ]
        drafted = run(*[("assemble-full-assessment", "2010-05-30")] * 2)
        assert drafted[0].endswith("chapters owed")
        assert drafted[1] == "the draft was made; nothing owed"

        assert set(cycle.gateway.accepted.values()) == {1}
        with Store.read(settings().ledger_url) as store:
            acts = [one.act for one in store.acts.all()]
    for act in ("open-cycle", "record-special-watch-list", "assemble-interim-assessment", "assemble-full-assessment"):
        assert acts.count(act) == 1
    assert acts.count("send") == 56 + 171

"""deployment.yaml: held against the flows and the calendar, and deployed on a real server with a real worker."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib import import_module
from importlib.metadata import version
from typing import Any

import pytest
import yaml

from tests.assessments import clear_interim, draft_interim, release_interim
from tests.flows.prefect_runs import deployments, get, post, scheduled_runs
from tests.fresh_server import fresh_server
from tests.smoke.story import YEAR, progress_report, utc
from tests.steps import stand_done
from tipcycle.config import load_config
from tipcycle.operations.assemble_interim_assessment import owed_chapters, write_chapters
from tipcycle.operations.clear_documents import clear_documents
from tipcycle.operations.open_cycle import open_cycle
from tipcycle.operations.send_action_requests import owed_requests, send_action_requests
from tipcycle.service.deploy import deploy
from tipcycle.service.prefect_server import PrefectServer
from tipcycle.service.worker import start_worker
from tipcycle.settings import ROOT, settings
from tipcycle.store import Store

DEPLOYMENTS: list[dict[str, Any]] = yaml.safe_load((ROOT / "deployment.yaml").read_text(encoding="utf-8"))[
    "deployments"
]
_STEP_OF = {
    "open-cycle": "special-watch-list",
    "send-action-requests": "action-request",
    "request-annual-submissions": "reporting-instructions",
    "assemble-interim-assessment": "interim-draft",
    "assemble-full-assessment": "full-draft",
}


def test_every_flow_is_deployed_under_its_own_name() -> None:
    from flows import FLOWS

    assert {one["name"] for one in DEPLOYMENTS} == {flow.name for flow in FLOWS}
    for one in DEPLOYMENTS:
        file, _, function = one["entrypoint"].partition(":")
        flow = getattr(import_module(file.removesuffix(".py").replace("/", ".")), function)
        assert flow.name == one["name"]
        assert set(one.get("parameters", {})) <= set(flow.parameters.properties)


def test_the_first_sentence_of_a_form_says_in_a_line_what_it_does() -> None:
    from tasks.forms import first_sentence

    told = {one["name"]: first_sentence(one["description"]) for one in DEPLOYMENTS if "manual" in one["tags"]}

    assert told["lift-hold"] == "ends a hold before its last day."
    assert all(line.endswith(".") and len(line) < 160 for line in told.values()), told


@pytest.mark.parametrize("one", DEPLOYMENTS, ids=lambda one: str(one["name"]))
def test_every_deployment_says_what_it_does_and_never_runs_twice_at_once(one: dict[str, Any]) -> None:
    assert len(one["description"].split()) > 10
    if one["name"] != "sweep-stuck-runs":  # a sweep that got stuck itself would keep every later one waiting
        assert one["concurrency_limit"] == {"limit": 1, "collision_strategy": "ENQUEUE"}
    assert "(/artifacts/key/start-2010)" in one["description"] or one["tags"] == ["alarm"], "no menu lists artifacts"
    assert one["work_pool"]["name"] == "tipcycle"
    for schedule in one["schedules"]:
        assert {"slug", "cron", "timezone"} <= set(schedule), "an interval would be re-anchored at each deploy"


_OUTAGE = timedelta(days=45)  # the longest that is promised to be caught up with by itself


def test_every_deployment_that_asks_for_its_step_is_held_against_the_calendar() -> None:
    assert {one["name"] for one in DEPLOYMENTS if "step" in one["tags"]} == set(_STEP_OF)


@pytest.mark.parametrize("report_year", [2010, 2011])
@pytest.mark.parametrize(("name", "step"), sorted(_STEP_OF.items()))
def test_a_step_flow_runs_daily_from_its_planned_day_until_long_after_it(
    name: str, step: str, report_year: int
) -> None:
    calendar = load_config(ROOT / "config", report_year).calendar
    owed = calendar.step(step)
    (schedule,) = next(one["schedules"] for one in DEPLOYMENTS if one["name"] == name)
    _, _, day_of_month, months, weekday = schedule["cron"].split()

    assert (day_of_month, weekday) == ("*", "*"), "daily, so that no single missed day matters"
    first = calendar.opens_on if name == "open-cycle" else owed.planned_on
    last = max(owed.planned_on, owed.statutory_on or owed.planned_on) + _OUTAGE
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    assert {day.month for day in days} <= _months(months)


def _months(field: str) -> set[int]:
    months: set[int] = set()
    for part in field.split(","):
        first, _, last = part.partition("-")
        months |= set(range(int(first), int(last or first) + 1))
    return months


def test_the_pins_that_prefect_needs_are_in_force() -> None:
    fastapi = tuple(int(part) for part in version("fastapi").split(".")[:2])
    sqlalchemy = tuple(int(part) for part in version("sqlalchemy").split(".")[:2])

    assert version("prefect") == "3.8.8"
    assert (0, 139) <= fastapi < (0, 151)
    assert (2, 0) <= sqlalchemy < (2, 1)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrefectServer]:
    home = tmp_path_factory.mktemp("prefect")
    with pytest.MonkeyPatch.context() as patch, fresh_server(home) as server:
        patch.setenv("TIPCYCLE_VAR_DIR", str(home / "var"))
        deploy(server)
        yield server


@pytest.mark.slow
@pytest.mark.xdist_group("server")
def test_every_schedule_due_within_100_days_gets_a_scheduled_run(served: PrefectServer) -> None:
    """The trap of the pins: with a newer SQLAlchemy the server looks healthy and schedules nothing."""
    expected = {one["name"] for one in DEPLOYMENTS if _due_within(one["schedules"], days=90)}
    assert "remind-and-escalate" in expected

    found: set[str] = set()
    deadline = time.monotonic() + 60
    while not expected <= found and time.monotonic() < deadline:
        found = {deployments(served)[run["deployment_id"]] for run in scheduled_runs(served)}
        time.sleep(1)

    assert expected <= found


@pytest.mark.slow
@pytest.mark.xdist_group("server")
@pytest.mark.parametrize(
    ("name", "told"),
    [
        pytest.param("open-cycle", "cycle 2010: not before Mon 31 Aug 2009", id="opening"),
        pytest.param("request-annual-submissions", "not before Mon 14 Dec 2009", id="instructions"),
        pytest.param("remind-and-escalate", "cycle 2010 is not open yet", id="the tick, out of season"),
    ],
)
def test_a_worker_runs_a_deployment_and_its_run_says_what_was_owed(served: PrefectServer, name: str, told: str) -> None:
    Store.create(settings().ledger_url)
    run = _run_once(served, name, {"report_year": 2010, "at": "2009-08-30T12:00:00+00:00"})

    assert run["state"]["type"] == "COMPLETED", run["state"]
    assert run["state"]["message"] == told
    assert run["name"] == f"{name} 2009-08-30 · {told}"


@pytest.mark.slow
@pytest.mark.xdist_group("server")
def test_a_run_that_is_asked_for_something_impossible_fails_with_a_sentence(served: PrefectServer) -> None:
    run = _run_once(served, "late-submission", {"post": "Baku (baku)", "at": "2009-11-17T12:00:00+00:00"})

    assert run["state"]["type"] == "FAILED"
    assert run["state"]["message"] == (
        "nothing was taken in; 1 went wrong:\n"
        "0 of upload, inbox file and pasted text are given; give exactly one of them"
    )
    assert run["name"] == "late-submission 2009-11-17 · nothing was taken in"


@pytest.mark.slow
@pytest.mark.xdist_group("server")
def test_a_late_report_started_from_the_api_on_four_days_has_four_effects(served: PrefectServer) -> None:
    """Before the draft, after it, after clearance, after the release: the run's own words say which."""
    _cycle_with_requests_out()

    before_draft = _late(served, "begun", "2009-12-17")
    again = _late(served, "begun", "2009-12-17")
    draft_day = utc("2009-12-18 12:00")
    write_chapters(YEAR, owed_chapters(YEAR, draft_day).countries, draft_day)
    draft_interim(draft_day)
    after_draft = _late(served, "partly", "2009-12-20")
    clear_interim(utc("2010-01-22 12:00"))
    after_clearance = _late(served, "implemented", "2010-01-25")
    clear_interim(utc("2010-01-26 12:00"))
    release_interim(utc("2010-01-29 12:00"))
    after_release = _late(served, "reversed", "2010-02-10")

    assert "it joins in" in before_draft
    assert "identical" in again, "the same report twice is one version"
    assert "this chapter alone is written anew, before it is cleared" in after_draft
    assert "returns to clearance" in after_clearance
    assert "becomes a supplement for the full assessment" in after_release
    with Store.read(settings().ledger_url) as store:
        latest = store.submissions.latest(f"obligation:{YEAR}:progress-report:AZE")
    assert latest is not None
    assert latest.version == 4


@pytest.mark.slow
@pytest.mark.xdist_group("server")
def test_a_cycle_is_closed_from_the_api_once_its_text_was_read(served: PrefectServer) -> None:
    _cycle_with_requests_out()
    stand_done("report-release", utc("2010-06-14 16:00"))
    asked = {"report_year": YEAR, "position": "gtip.director", "at": "2010-07-01T12:00:00+00:00"}

    shown = _run_once(served, "close-cycle", asked)
    told, _, read = str(shown["state"]["message"]).rpartition("\nhash: ")
    unread = _run_once(served, "close-cycle", asked | {"signed": "0" * 64})
    closed = _run_once(served, "close-cycle", asked | {"signed": read})

    assert "special watch list: 37 stay, 24 join, 19 leave" in told
    assert unread["state"]["type"] == "FAILED"
    assert "is not the hash of the roll-over as it stands" in unread["state"]["message"]
    assert closed["name"] == "close-cycle 2010-07-01 · cycle 2010: closed by gtip.director"
    with Store.read(settings().ledger_url) as store:
        assert store.cycles.get(YEAR).closed_at == utc("2010-07-01 12:00")


def _cycle_with_requests_out() -> None:
    Store.create(settings().ledger_url)
    open_cycle(YEAR, utc("2009-08-31 12:00"))
    open_cycle(YEAR, utc("2009-09-14 12:00"))
    clear_documents(YEAR, decision="cleared", position="gtip.director", at=utc("2009-09-18 12:00"), preview=False)
    asked = utc("2009-09-21 14:00")
    for _, countries in owed_requests(YEAR, asked).by_post:
        asyncio.run(send_action_requests(YEAR, countries, asked))


def _late(server: PrefectServer, status: str, day: str) -> str:
    """Paste Azerbaijan's report into the form that day; the run's last words."""
    form = progress_report("AZE", "Baku", items=[{"id": f"HP{n}", "status": status} for n in range(1, 6)])
    pasted = yaml.safe_dump(form) + "...\n"
    run = _run_once(
        server, "late-submission", {"post": "Baku (baku)", "pasted_text": pasted, "at": f"{day}T12:00:00+00:00"}
    )
    assert run["state"]["type"] == "COMPLETED", run["state"]
    return str(run["state"]["message"])


def _run_once(server: PrefectServer, name: str, parameters: dict[str, Any]) -> Any:
    """Start one run of a deployment with a worker of its own; the run once it ended, or after 90 s as it stands."""
    deployment = {found: key for key, found in deployments(server).items()}[name]
    worker = start_worker(server)
    try:
        body = {"parameters": parameters, "state": {"type": "SCHEDULED"}}
        run = post(server, f"/deployments/{deployment}/create_flow_run", body)
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            run = get(server, f"/flow_runs/{run['id']}")
            if run["state"]["type"] in ("COMPLETED", "FAILED", "CRASHED"):
                break
            time.sleep(0.5)
    finally:
        worker.stop()
    return run


def _due_within(schedules: list[dict[str, Any]], *, days: int) -> bool:
    if not schedules:
        return False  # started by hand
    months = schedules[0]["cron"].split()[3]
    season = _months(months) if months != "*" else set(range(1, 13))
    now = datetime.now(UTC)
    return any((now + timedelta(days=ahead)).month in season for ahead in range(days))

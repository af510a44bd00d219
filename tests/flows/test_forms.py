"""The forms of the flows that people start: what each shows, and what it answers to a value that cannot be."""

from __future__ import annotations

import asyncio
import inspect
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from prefect.client.schemas.objects import State
from prefect.flow_engine import run_flow
from prefect.settings import PREFECT_API_URL, PREFECT_LOGGING_TO_API_ENABLED, temporary_settings

from flows import FLOWS
from flows.choices import COUNTRIES, DEPARTMENT, POSITIONS, POSTS
from tests.fresh_server import fresh_server
from tests.smoke.story import YEAR
from tipcycle.service.prefect_server import NO_SCHEDULES, PrefectServer
from tipcycle.settings import ROOT, settings
from tipcycle.store import Store

pytestmark = pytest.mark.xdist_group("server")
_DEPLOYMENTS = yaml.safe_load((ROOT / "deployment.yaml").read_text(encoding="utf-8"))["deployments"]
_MANUAL = {one["name"] for one in _DEPLOYMENTS if "manual" in one["tags"]}
BY_HAND = {flow.name: flow for flow in FLOWS if flow.name in _MANUAL}
_DECIDES = {"decision", "outcome", "kind", "position", "approver", "reason_class", "country"}


def test_every_flow_judges_its_own_parameters() -> None:
    assert not [flow.name for flow in FLOWS if flow.should_validate_parameters], "its check ends with a traceback"
    assert set(_SOUND) == _MANUAL, "each form is tried below"


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: str(flow.name))
def test_every_field_of_a_form_says_what_it_is_for(flow: Any) -> None:
    parameters = flow.parameters

    for field, shown in _fields(parameters):
        assert shown.get("description"), field
        assert "anyOf" not in shown, f"{field}: Prefect shows what is optional as two buttons"


@pytest.mark.parametrize("name", sorted(BY_HAND))
def test_nobody_is_asked_for_the_moment_and_no_year_has_a_thousands_mark(name: str) -> None:
    shown = BY_HAND[name].parameters.properties

    assert "at" in inspect.signature(BY_HAND[name].fn).parameters
    assert "at" not in shown
    assert "type" not in shown.get("report_year", {}), "Prefect's form writes a number as 2,010"


@pytest.mark.parametrize("name", sorted(BY_HAND))
def test_countries_posts_and_positions_are_chosen_from_config(name: str) -> None:
    known = {"": "", **dict.fromkeys(COUNTRIES), **dict.fromkeys(POSTS), **dict.fromkeys(POSITIONS)}

    for field, shown in _fields(BY_HAND[name].parameters):
        if field.split(".")[-1] in ("country", "countries", "excluding", "post", "position", "approver", "acting"):
            chosen = shown.get("items", shown)
            assert len(chosen["enum"]) >= len(DEPARTMENT), field
            assert set(chosen["enum"]) <= set(known), field


@pytest.mark.parametrize("name", sorted(BY_HAND))
def test_what_decides_has_no_default_in_any_form(name: str) -> None:
    parameters = BY_HAND[name].parameters

    for field in _DECIDES & set(parameters.properties):
        given = parameters.properties[field].get("default", "")
        assert given == "", field


def test_a_country_is_found_by_its_name_and_known_by_its_code() -> None:
    shown = BY_HAND["waive-obligation"].parameters.properties["country"]["enum"]

    assert "Senegal (SEN)" in shown
    assert len(shown) == 189
    assert shown == sorted(shown)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrefectServer]:
    with fresh_server(tmp_path_factory.mktemp("prefect"), extra=NO_SCHEDULES) as running:
        yield running


@pytest.fixture
def desk(server: PrefectServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A ledger of its own, and a server that flows report to."""
    monkeypatch.setenv("TIPCYCLE_VAR_DIR", str(tmp_path / "var"))
    for name in [name for name in os.environ if name.startswith("PREFECT_")]:
        monkeypatch.delenv(name)
    Store.create(settings().ledger_url)
    with temporary_settings({PREFECT_API_URL: server.api_url, PREFECT_LOGGING_TO_API_ENABLED: False}):
        yield


_AT = "2009-11-17T12:00:00+00:00"
_TIER = {"country": "Senegal (SEN)", "tier": "2", "rationale": "made up"}
# One sound set of values for each form: what is in it can be, though nothing of the cycle is in the ledger.
_SOUND: dict[str, dict[str, Any]] = {
    "hold": {
        "what": "post",
        "post": "Dakar (dakar)",
        "until": "2009-11-20",
        "reason": "made up",
        "position": "gtip.director",
        "preview": False,
    },
    "lift-hold": {"number": 1, "reason": "made up", "position": "gtip.director"},
    "settle-unknown": {
        "message": "message:2010:action-request:SEN",
        "outcome": "was-sent",
        "position": "gtip.action-officer",
        "preview": False,
    },
    "change-contact": {
        "position": "dakar.action-officer",
        "from_on": "2009-11-18",
        "reason": "made up",
        "approver": "gtip.director",
        "address": "made.up@posts.example",
    },
    "change-deadline": {
        "step": "progress-report",
        "country": "Senegal (SEN)",
        "to": "2009-11-30",
        "reason_class": "post asked",
        "reason": "made up",
        "approver": "gtip.director",
        "preview": True,
    },
    "clear-document": {"decision": "cleared", "position": "gtip.director"},
    "close-cycle": {"position": "gtip.director"},
    "late-submission": {"post": "Dakar (dakar)", "pasted_text": "made up"},
    "record-determination": {"country": "ERI", "kind": "d1", "done_on": "2009-09-01", "position": "gtip.director"},
    "record-placement": {"position": "g.principal", "placements": [_TIER]},
    "record-recommendation": {"position": "gtip.director", "recommendations": [_TIER]},
    "release-document": {"document": "interim-assessment", "position": "gtip.director"},
    "retract-release": {"document": "interim-assessment", "position": "gtip.director", "reason": "made up"},
    "settle-split": {"country": "Senegal (SEN)", "position": "gtip.director", "outcome": "raised"},
    "correct-list": {"position": "gtip.director", "reason": "made up", "preview": True},
    "reopen-placement": {"country": "Senegal (SEN)", "position": "g.principal", "reason": "made up"},
    "waive-rule": {
        "file_name": "AZE.yaml",
        "rule": "statistic.period",
        "reason": "made up",
        "until": "2009-11-20",
        "approver": "gtip.director",
    },
    "waive-obligation": {
        "step": "progress-report",
        "country": "Senegal (SEN)",
        "reason": "made up",
        "approver": "gtip.director",
    },
}
_BAD: dict[str, Any] = {
    "report_year": "next year",
    "at": "soon",
    "from_on": "tomorrow",
    "to": "31 February",
    "preview": "perhaps",
    "countries": "Senegal (SEN)",
    "placements": [_TIER | {"tier": "4"}],
    "recommendations": [{"country": "Senegal (SEN)"}],
}


# What needs no open cycle: a contact may change at any time, and where no document waits none is decided upon.
@pytest.mark.parametrize("name", sorted(set(BY_HAND) - {"change-contact", "clear-document"}))
@pytest.mark.usefixtures("desk")
def test_a_form_filled_in_soundly_before_a_cycle_is_open_is_refused_in_a_sentence(
    name: str, caplog: pytest.LogCaptureFixture
) -> None:
    told = _refusal(name, _SOUND[name], caplog)

    assert told


def _wrong() -> list[Any]:
    return list(_each_wrong())


def _each_wrong() -> Iterator[Any]:
    for name, flow in sorted(BY_HAND.items()):
        for field in ("at", *flow.parameters.properties):
            bad = _BAD.get(field, "Atlantis" if "enum" in str(flow.parameters.properties.get(field)) else None)
            if bad is not None and (name, field) != ("waive-rule", "approver"):  # its year is read from the file first
                yield pytest.param(name, {field: bad}, field, id=f"{name} {field}")
        yield pytest.param(name, {"report_year": 1999}, "", id=f"{name} a year without a calendar")


@pytest.mark.parametrize(("name", "wrong", "field"), _wrong())
@pytest.mark.usefixtures("desk")
def test_with_the_check_of_prefect_switched_off_a_wrong_value_is_refused_in_a_sentence(
    name: str, wrong: dict[str, Any], field: str, caplog: pytest.LogCaptureFixture
) -> None:
    if name == "late-submission" and "report_year" in wrong:
        pytest.skip("this form asks for no year")

    other = {"address": "", "until_on": "2009-11-20"} if field == "delegate_to" else {}

    told = _refusal(name, _SOUND[name] | wrong | other, caplog)

    missing = "there is no" in told  # what is to be settled or lifted is looked for before anything else
    assert field in told or "Atlantis" in told or "open-cycle" in told or missing, told


@pytest.mark.parametrize("name", sorted(set(BY_HAND) - {"late-submission"}))
@pytest.mark.usefixtures("desk")
def test_an_empty_form_is_told_everything_that_is_missing(name: str, caplog: pytest.LogCaptureFixture) -> None:
    told = _refusal(name, {"report_year": None, "at": None}, caplog, whole=True)

    for field in set(BY_HAND[name].parameters.required) - {"report_year"}:
        assert f"{field}: is missing; fill it in" in told


def _refusal(name: str, given: dict[str, Any], caplog: pytest.LogCaptureFixture, *, whole: bool = False) -> str:
    """The message of the run, which failed without a traceback in any log."""
    flow: Any = BY_HAND[name]
    parameters = given if whole else ({"report_year": YEAR, "at": _AT} | given)
    parameters = {key: value for key, value in parameters.items() if key in inspect.signature(flow.fn).parameters}
    with caplog.at_level(logging.INFO):
        for logger in ("prefect", "prefect.flow_runs", "prefect.task_runs"):
            logging.getLogger(logger).addHandler(caplog.handler)
        run: Any = run_flow(flow, parameters=parameters, return_type="state")  # as a worker runs it
        state: State[Any] = asyncio.run(run)
    told = state.message or ""
    assert state.is_failed(), told
    assert "Traceback" not in caplog.text
    assert "Error" not in told
    assert "<" not in told
    assert told.startswith(("refused:\n", "nothing was taken in; "))
    return told


def _fields(parameters: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every field that the form shows, those of what may be added to a list too."""
    for name, shown in parameters.properties.items():
        yield name, shown
    for noun, nested in (parameters.definitions or {}).items():
        for name, shown in nested.get("properties", {}).items():
            yield f"{noun}.{name}", shown

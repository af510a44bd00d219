"""What doctor sees: each check on what is well and on what is not, against real receivers that take nothing from it."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from tests.smoke.story import YEAR, Story, utc
from tipcycle.cli import main
from tipcycle.service.doctor import CHECKS, clock, inbox, tick
from tipcycle.service.receivers.mailbox import free_port
from tipcycle.service.receivers.web import GatewayReceiver, WebReceiver
from tipcycle.settings import ROOT, settings
from tipcycle.store import Store

SECRETS = {
    "TIPCYCLE_SMTP_PASSWORD": "mail-secret-1",
    "TIPCYCLE_SLACK_TOKEN": "xoxb-slack-secret-2",
    "TIPCYCLE_GATEWAY_TOKEN": "gateway-secret-3",
    "TIPCYCLE_SIGNING_KEY": "signing-secret-4",
    "PREFECT_API_AUTH_STRING": "coordinator:prefect-secret-5",
}


@pytest.fixture(autouse=True)
def _of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A var folder with a ledger; no server, and nothing of the shell's."""
    for name in [*SECRETS, "TIPCYCLE_SMTP_HOST", "TIPCYCLE_GATEWAY_URL", "PREFECT_SERVER_API_AUTH_STRING"]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TIPCYCLE_VAR_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("TIPCYCLE_DATABASE_URL", "")
    monkeypatch.setenv("PREFECT_API_URL", f"http://127.0.0.1:{free_port()}/api")
    Store.create(settings().ledger_url)


def _asked(capsys: pytest.CaptureFixture[str], check: str = "") -> list[dict[str, str]]:
    """What `tipcycle doctor --json` says, of one check or of all."""
    ended = main(["doctor", "--json"])
    told = json.loads(capsys.readouterr().out)
    faults = sum(one["level"] == "fault" for one in told["checks"])
    assert (ended, told["faults"]) == (1 if faults else 0, faults)
    return [one for one in told["checks"] if one["check"] == check or not check]


def test_every_check_tells_a_line_and_what_is_wrong_has_a_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    seen = _asked(capsys)

    assert list(dict.fromkeys(one["check"] for one in seen)) == list(CHECKS)
    for one in seen:
        assert one["told"]
        assert bool(one["remedy"]) == (one["level"] != "ok"), one
    sound = ("versions", "config", "ledger", "last tick", "inbox", "disk", "clock")
    assert {one["check"] for one in seen if one["level"] == "ok"} >= set(sound)


def test_each_file_of_a_check_is_in_the_index_and_in_the_documents() -> None:
    files = {path.stem for path in (ROOT / "tipcycle/service/doctor").glob("*.py")}
    page = (ROOT / "docs/operations.md").read_text(encoding="utf-8")

    assert files - {"__init__", "seen", "soon", "whereabouts", "examine"} == {
        look.__module__.rpartition(".")[2] for look in CHECKS.values()
    }
    assert [name for name in CHECKS if f"| {name} |" not in page] == []


def test_people_get_a_line_a_check_and_the_remedy_below_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 1

    lines = capsys.readouterr().out.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("fault    server"))
    assert "no Prefect server answers at http://127.0.0.1:" in lines[at]
    assert lines[at + 1].strip().startswith("-> start tipcycle serve")
    assert lines[-1].startswith("1 fault, ")


class _Mail:
    """An SMTP server that knows no STARTTLS, and repeats the password that it refuses."""

    def __init__(self) -> None:
        self.mails = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.mails += 1
        return "250 kept"


def _refuse(server: SMTP, session: Session, envelope: Envelope, mechanism: str, login: Any) -> AuthResult:
    said = login.password.decode() if isinstance(login, LoginPassword) else str(login)
    return AuthResult(success=False, handled=False, message=f"535 5.7.8 the password {said} is wrong")


@pytest.fixture
def mail(monkeypatch: pytest.MonkeyPatch) -> Iterator[_Mail]:
    keeper = _Mail()
    server = Controller(keeper, hostname="127.0.0.1", port=free_port(), authenticator=_refuse, auth_require_tls=False)
    server.start()
    monkeypatch.setenv("TIPCYCLE_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("TIPCYCLE_SMTP_PORT", str(server.port))
    yield keeper
    server.stop()


def test_a_mail_server_that_answers_is_well_and_gets_no_mail(mail: _Mail, capsys: pytest.CaptureFixture[str]) -> None:
    (seen,) = _asked(capsys, "mail")

    assert seen["level"] == "ok", seen
    assert mail.mails == 0


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        pytest.param({"SMTP_SECURITY": "starttls"}, "STARTTLS", id="it refuses STARTTLS"),
        pytest.param({"SMTP_SECURITY": "tls", "SEND_TIMEOUT_SECONDS": "2"}, "(tls)", id="it speaks no TLS"),
        pytest.param({"SMTP_USER": "us", "SMTP_PASSWORD": "wrong-one"}, "535", id="it refuses the password"),
        pytest.param({"SMTP_PORT": "1"}, "127.0.0.1:1", id="nobody listens"),
    ],
)
def test_a_mail_server_that_would_not_take_us_is_a_fault(
    mail: _Mail,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    changed: dict[str, str],
    told: str,
) -> None:
    for name, text in changed.items():
        monkeypatch.setenv(f"TIPCYCLE_{name}", text)

    (seen,) = _asked(capsys, "mail")

    assert seen["level"] == "fault"
    assert told in seen["told"]
    assert "TIPCYCLE_SMTP_HOST" in seen["remedy"]
    assert "wrong-one" not in json.dumps(seen)


def test_a_mail_server_that_says_nothing_is_given_up(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv("TIPCYCLE_SMTP_HOST", "127.0.0.1")
        monkeypatch.setenv("TIPCYCLE_SMTP_PORT", str(silent.getsockname()[1]))
        monkeypatch.setenv("TIPCYCLE_SEND_TIMEOUT_SECONDS", "1")

        (seen,) = _asked(capsys, "mail")

    assert seen["level"] == "fault"


@pytest.fixture
def web() -> Iterator[WebReceiver]:
    """Slack and a gateway that know one token each, and repeat the one that they refuse."""

    async def auth_test(request: Request) -> JSONResponse:
        given = request.headers["Authorization"]
        if given == "Bearer good":
            return JSONResponse({"ok": True, "user": "tipcycle", "team": "Made Up"})
        return JSONResponse({"ok": False, "error": f"invalid_auth {given}"})

    async def cables(request: Request) -> JSONResponse:
        given = request.headers.get("Authorization", "")
        return JSONResponse({}, {"Bearer good": 405, "Bearer broken": 500}.get(given, 401))

    routes = [Route("/api/auth.test", auth_test, methods=["POST"]), Route("/v1/cables", cables, methods=["GET"])]
    receiver = WebReceiver(Starlette(routes=routes))
    receiver.start()
    yield receiver
    receiver.stop()


@pytest.mark.parametrize(
    "case",
    [
        ("", "warning", "escalations become files"),
        ("good", "ok", "tipcycle in Made Up"),
        ("xoxb-old-and-secret", "fault", "slack: invalid_auth Bearer …"),
    ],
)
def test_slack_is_asked_whose_token_it_is(
    web: WebReceiver, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], case: tuple[str, str, str]
) -> None:
    token, level, told = case
    monkeypatch.setenv("TIPCYCLE_SLACK_URL", f"http://127.0.0.1:{web.port}/api/")
    monkeypatch.setenv("TIPCYCLE_SLACK_TOKEN", token)

    (seen,) = _asked(capsys, "slack")

    assert (seen["level"], told in seen["told"]) == (level, True), seen


@pytest.mark.parametrize(
    "case",
    [
        ("good", "ok", "answers (405 to GET)"),
        ("old", "fault", "401, it refuses our token"),
        ("broken", "fault", "500"),
    ],
)
def test_the_gateway_is_asked_whether_it_is_there(
    web: WebReceiver, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], case: tuple[str, str, str]
) -> None:
    token, level, told = case
    monkeypatch.setenv("TIPCYCLE_GATEWAY_URL", f"http://127.0.0.1:{web.port}")
    monkeypatch.setenv("TIPCYCLE_GATEWAY_TOKEN", token)

    (seen,) = _asked(capsys, "gateway")

    assert (seen["level"], told in seen["told"]) == (level, True), seen


def test_a_gateway_that_keeps_the_contract_is_well_and_gets_no_cable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gateway = GatewayReceiver(tmp_path / "cables")
    gateway.web.start()
    monkeypatch.setenv("TIPCYCLE_GATEWAY_URL", gateway.url)

    (seen,) = _asked(capsys, "gateway")
    gateway.web.stop()

    assert seen["level"] == "ok", seen
    assert not gateway.accepted


def test_no_secret_is_printed_whoever_repeats_it(
    web: WebReceiver, mail: _Mail, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, secret in SECRETS.items():
        monkeypatch.setenv(name, secret)
    monkeypatch.setenv("TIPCYCLE_SMTP_USER", "us")
    monkeypatch.setenv("TIPCYCLE_SLACK_URL", f"http://127.0.0.1:{web.port}/api/")
    monkeypatch.setenv("TIPCYCLE_GATEWAY_URL", f"http://u:secret-in-url@127.0.0.1:{web.port}")
    monkeypatch.setenv("TIPCYCLE_DATABASE_URL", "postgresql+psycopg://u:secret-of-database@127.0.0.1:1/x")

    assert main(["doctor"]) == 1
    assert main(["doctor", "--json"]) == 1

    out = "".join(capsys.readouterr())
    assert [secret for secret in SECRETS.values() if secret.rpartition(":")[2] in out] == []
    assert "secret-" not in out


@pytest.mark.parametrize(("minutes", "level"), [(5, "ok"), (119, "ok"), (121, "fault"), (60 * 72, "fault")], ids=str)
def test_a_tick_older_than_two_hours_is_a_fault_while_a_cycle_is_open(asked: Story, minutes: int, level: str) -> None:
    asked.tick(utc("2009-11-10 09:00"))

    (seen,) = tick.look(utc("2009-11-10 09:00") + timedelta(minutes=minutes))

    assert seen.level == level
    assert "last tick 2009-11-10 09:00:00Z" in seen.told


def test_after_its_cycle_was_closed_nothing_ticks_and_nothing_is_wrong(asked: Story) -> None:
    with Store.begin(settings().ledger_url) as store:
        store.cycles.close(YEAR, utc("2010-07-01 12:00"))

    (seen,) = tick.look(utc("2010-08-01 12:00"))

    assert (seen.level, seen.told) == ("ok", "no cycle is open, so nothing is owed")


def test_a_tick_that_lies_in_the_future_is_the_clock_s_fault(asked: Story) -> None:
    asked.tick(utc("2009-11-10 09:00"))

    told = [one.told for one in clock.look(utc("2009-11-10 08:00")) if one.level == "fault"]

    assert "the last tick lies in the future: 2009-11-10 09:00:00Z, now 2009-11-10 08:00:00Z" in told


@pytest.mark.parametrize(
    ("hours", "level"), [(0.5, "ok"), (2, "warning"), (25, "fault")], ids=["half an hour", "two hours", "a day"]
)
def test_what_lies_long_in_the_inbox_is_told(hours: float, level: str) -> None:
    settings().inbox.mkdir(parents=True)
    lying = settings().inbox / "baku.yaml"
    lying.write_text("", encoding="utf-8")
    then = datetime.now(UTC).timestamp() - hours * 3600
    os.utime(lying, (then, then))

    (seen,) = inbox.look(datetime.now(UTC))

    assert seen.level == level
    assert ("baku.yaml" in seen.told) == (level != "ok")


@pytest.mark.parametrize(
    ("name", "mode", "told"),
    [
        ("signing.key", 0o640, "can be read by others, who can then sign as we do"),
        ("tipcycle.sqlite3", 0o666, "anybody on this machine can change"),
        ("", 0o777, "anybody on this machine can change"),
    ],
)
def test_what_others_can_read_or_change_is_a_fault(
    capsys: pytest.CaptureFixture[str], name: str, mode: int, told: str
) -> None:
    assert settings().signing_secret
    path = settings().var_dir / name
    path.chmod(mode)

    seen = [one for one in _asked(capsys, "permissions") if one["level"] == "fault"]

    assert len(seen) == 1
    assert told in seen[0]["told"]
    assert f"{path}" in seen[0]["remedy"]


def test_a_folder_that_others_can_look_into_is_a_warning(capsys: pytest.CaptureFixture[str]) -> None:
    settings().var_dir.chmod(0o755)

    (seen,) = (one for one in _asked(capsys, "permissions") if "look into" in one["told"])

    assert (seen["level"], seen["remedy"]) == ("warning", f"chmod 700 {settings().var_dir.resolve()}")


def test_a_ledger_that_is_not_there_is_one_fault_with_the_command_that_makes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TIPCYCLE_VAR_DIR", str(tmp_path / "nowhere"))

    seen = {one["check"]: one for one in _asked(capsys)}

    assert (seen["ledger"]["level"], seen["ledger"]["remedy"]) == ("fault", "run: tipcycle init")
    assert seen["last tick"]["level"] == "warning"
    assert seen["permissions"]["level"] == "fault"


def test_a_variable_that_cannot_be_read_is_told_and_nothing_else_is_looked_at(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TIPCYCLE_SMTP_PORT", "the usual one")

    (seen,) = _asked(capsys)

    assert (seen["check"], seen["level"]) == ("settings", "fault")
    assert "TIPCYCLE_SMTP_PORT" in seen["told"]

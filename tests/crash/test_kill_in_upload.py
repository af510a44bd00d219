"""kill -9 in the middle of an upload: nobody ever reads half a file, and the next start works."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from tests.service.intake import AZE, FORM
from tests.smoke.story import Story, utc
from tipcycle.errors import TipcycleError
from tipcycle.model.token import Grant, write_token
from tipcycle.service.intake.process import IntakeProcess
from tipcycle.service.receivers.mailbox import free_port
from tipcycle.service.supervisor import Supervisor
from tipcycle.settings import settings

pytestmark = pytest.mark.slow


def _half_an_upload(port: int, token: str) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", port), timeout=20)
    head = f"POST /submissions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Length: 900000\r\n\r\n"
    line.sendall(head.encode() + FORM * 50)
    return line


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/health", trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


def _parts() -> list[Path]:
    return list(settings().inbox.glob(".*.part")) if settings().inbox.is_dir() else []


def test_a_server_that_is_killed_in_the_middle_of_an_upload_leaves_nothing_to_take_in(asked: Story) -> None:
    os.environ["TIPCYCLE_INTAKE_PORT"] = str(free_port())
    token = write_token(Grant("upload", AZE, "", datetime.now(UTC) + timedelta(days=1)), settings().signing_secret)
    process = subprocess.Popen([sys.executable, "-m", "tipcycle.service.intake_http"], stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 30
        while not _answers(settings().intake_port) and time.monotonic() < deadline:
            time.sleep(0.05)
        line = _half_an_upload(settings().intake_port, token)
        while not _parts() and time.monotonic() < deadline:
            time.sleep(0.01)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    line.close()

    assert len(_parts()) == 1, "the half is still there, hidden"
    assert asked.take_in(utc("2009-11-10 09:00")) == []

    os.utime(_parts()[0], (0, 0))
    again = IntakeProcess()
    again.start()
    try:
        again.wait_until_healthy()
        assert _parts() == []
        answer = httpx.post(
            f"{again.url}/submissions", content=FORM, headers={"Authorization": f"Bearer {token}"}, trust_env=False
        )
        with pytest.raises(TipcycleError, match=r"answers on .* already"):
            IntakeProcess().start()
    finally:
        again.stop()
    assert answer.status_code == 202
    assert [path.name for path in settings().inbox.iterdir()] == [f"upload-AZE-{answer.json()['upload']}.yaml"]
    log = again.log.read_text(encoding="utf-8")
    assert "1 broken-off uploads swept away" in log
    assert token not in log


def test_the_intake_is_started_again_when_it_ends(asked: Story) -> None:
    os.environ["TIPCYCLE_INTAKE_PORT"] = str(free_port())
    intake = IntakeProcess()
    intake.start()
    said: list[str] = []
    try:
        intake.wait_until_healthy()
        supervisor = Supervisor([intake], said.append)
        supervisor.look()
        assert said == []
        os.kill(intake.pid or 0, signal.SIGKILL)

        while len(said) < 2:
            supervisor.look()
            time.sleep(0.05)
        intake.wait_until_healthy()

        assert "the intake was killed by SIGKILL and is started again in 1 s" in said[0]
        assert httpx.get(f"{intake.url}/health", trust_env=False).json() == {"status": "ok"}
    finally:
        intake.stop()
    assert not intake.running

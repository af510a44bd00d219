"""What is installed is what was locked; and the audit says so when it could not look."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from tests.audit.__main__ import main
from tests.audit.advisories import pinned
from tipcycle.service.receivers.mailbox import free_port
from tipcycle.service.receivers.web import WebReceiver
from tipcycle.settings import ROOT

LOCK = ROOT / "requirements.lock"


@contextmanager
def answering(body: str, status: int = 200) -> Iterator[tuple[str, list[dict[str, object]]]]:
    """A service at an address that answers so; the questions it got."""
    asked: list[dict[str, object]] = []

    async def answer(request: Request) -> Response:
        asked.extend((await request.json())["queries"])
        return PlainTextResponse(body, status)

    receiver = WebReceiver(Starlette(routes=[Route("/v1/querybatch", answer, methods=["POST"])]))
    receiver.start()
    try:
        yield f"http://127.0.0.1:{receiver.port}/v1/querybatch", asked
    finally:
        receiver.stop()


def test_every_package_is_pinned_to_one_version_with_its_hashes_and_nothing_else_is_installed() -> None:
    packages = pinned(LOCK)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    assert len(packages) > 100
    assert [one.name for one in packages if not one.hashes] == []
    assert not [line for line in LOCK.read_text(encoding="utf-8").splitlines() if "://" in line or " @ " in line]
    assert "--no-deps --require-hashes -r requirements.lock" in makefile


def test_a_line_that_pins_nothing_is_a_fault(tmp_path: Path) -> None:
    lock = tmp_path / "some.lock"
    lock.write_text("jinja2>=3 --hash=sha256:00\n", encoding="utf-8")

    with pytest.raises(ValueError, match="nothing is pinned by: jinja2>=3"):
        pinned(lock)


def test_a_package_with_an_advisory_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    packages = pinned(LOCK)
    results: list[dict[str, object]] = [{} for _ in packages]
    results[3] = {"vulns": [{"id": "GHSA-made-up"}]}

    with answering(json.dumps({"results": results})) as (service, asked):
        code = main(service)

    assert code == 1
    assert f"{packages[3].name} {packages[3].version}: GHSA-made-up" in capsys.readouterr().out
    assert [one["version"] for one in asked] == [one.version for one in packages]


def test_no_advisory_is_green() -> None:
    with answering(json.dumps({"results": [{} for _ in pinned(LOCK)]})) as (service, _):
        assert main(service) == 0


@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param("{}", 200, id="no results"),
        pytest.param('{"results": [{}]}', 200, id="results for one package of all"),
        pytest.param('{"results": {}}', 200, id="another shape"),
        pytest.param("<html>log in to the proxy</html>", 200, id="a page of a proxy"),
        pytest.param("busy", 503, id="busy"),
    ],
)
def test_an_answer_to_something_else_is_not_green(capsys: pytest.CaptureFixture[str], body: str, status: int) -> None:
    with answering(body, status) as (service, _):
        assert main(service) == 2
    assert "NOT AUDITED" in capsys.readouterr().err


def test_a_service_that_cannot_be_reached_is_not_green(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(f"http://127.0.0.1:{free_port()}/v1/querybatch") == 2
    assert "NOT AUDITED" in capsys.readouterr().err

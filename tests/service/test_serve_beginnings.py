"""`tipcycle serve` when it does not get to the end of its beginning: a stop, a scheduler that does nothing, a host."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.service.tree import ServeTree
from tipcycle.errors import TipcycleError
from tipcycle.service.serve_settings import serve_settings, unreachable_page

PASSWORD = {"PREFECT_SERVER_API_AUTH_STRING": "coordinator:not-a-real-password"}


@pytest.mark.xdist_group("serve beginnings")
@pytest.mark.parametrize(
    "begun",
    [
        pytest.param(lambda tree: tree.find("prefect server start"), id="the server has just been started"),
        pytest.param(lambda tree: tree.find("--no-prompt deploy"), id="it deploys"),
    ],
)
def test_sigterm_while_it_starts_leaves_no_process(tmp_path: Path, begun: Callable[[ServeTree], int | None]) -> None:
    tree = ServeTree(tmp_path / "served")
    try:
        tree.wait_for(lambda: begun(tree), seconds=180)
        pids = tree.pids()
    finally:
        seconds = tree.end()

    assert seconds < 10
    assert tree.left(pids) == []
    assert tree.said.endswith("tipcycle serve: stopped\n")


@pytest.mark.xdist_group("serve beginnings")
def test_a_server_that_looks_healthy_and_schedules_nothing_is_caught(tmp_path: Path) -> None:
    """What a wrong SQLAlchemy does, done here by the server's own switch: no schedule ever gets a run."""
    profiles = tmp_path / "served" / "prefect" / "profiles.toml"
    profiles.parent.mkdir(parents=True)
    switch = 'PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED = "false"'
    profiles.write_text(f'active = "operator"\n\n[profiles.operator]\n{switch}\n', encoding="utf-8")

    tree = ServeTree(tmp_path / "served", "--patience", "8")
    tree.wait_for(lambda: tree.process.poll() is not None or "ready" in tree.said, seconds=240)

    assert tree.process.returncode == 1
    assert "no run was scheduled within 8 s for" in tree.said
    assert "remind-and-escalate (hourly), next due " in tree.said
    assert "Prefect's scheduler does not work" in tree.said
    assert tree.left([]) == []


@pytest.mark.parametrize(
    ("host", "environment", "told"),
    [
        ("0.0.0.0", {}, "set PREFECT_SERVER_API_AUTH_STRING=user:password first"),
        ("::", {}, "whoever reaches it can act in it"),
        ("192.0.2.7", {"PREFECT_SERVER_API_AUTH_STRING": ""}, "--host 192.0.2.7 lets other machines reach Prefect"),
        ("reports.example", {}, "--host reports.example"),
        ("127.0.0.1", {"PREFECT_SERVER_API_AUTH_STRING": "no-colon"}, "must be written as user:password"),
        ("0.0.0.0", {"PREFECT_SERVER_API_AUTH_STRING": "user:"}, "must be written as user:password"),
    ],
)
def test_a_host_that_others_reach_needs_a_password(host: str, environment: dict[str, str], told: str) -> None:
    with pytest.raises(TipcycleError, match=told.replace("(", "\\(")) as refused:
        serve_settings(host, environment)

    assert "no-colon" not in str(refused.value)


@pytest.mark.parametrize(
    ("host", "environment"),
    [("127.0.0.1", {}), ("localhost", {}), ("::1", {}), ("0.0.0.0", PASSWORD), ("127.0.0.1", PASSWORD)],
)
def test_loopback_needs_no_password_and_the_server_and_its_clients_get_the_same(
    host: str, environment: dict[str, str]
) -> None:
    ours = serve_settings(host, environment)

    said = environment.get("PREFECT_SERVER_API_AUTH_STRING")
    assert ours.get("PREFECT_SERVER_API_AUTH_STRING") == said
    assert ours.get("PREFECT_API_AUTH_STRING") == said


def test_browsers_elsewhere_are_sent_to_where_the_operator_says() -> None:
    here = {**PASSWORD, "TIPCYCLE_UI_URL": "https://reports.example/"}

    assert "set TIPCYCLE_UI_URL" in unreachable_page("0.0.0.0", PASSWORD)
    assert unreachable_page("0.0.0.0", here) == ""
    assert serve_settings("0.0.0.0", here)["PREFECT_SERVER_UI_API_URL"] == "https://reports.example/api"


def test_another_server_of_the_shell_s_is_not_taken_for_ours() -> None:
    shell = {"PREFECT_API_URL": "https://elsewhere.example/api", "PREFECT_SERVER_ANALYTICS_ENABLED": "true"}

    assert not set(serve_settings("127.0.0.1", shell)) & set(shell)

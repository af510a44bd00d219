"""Who reads the board: this machine, or whoever knows a password; with neither nobody."""

from __future__ import annotations

from base64 import b64encode

import pytest
from pydantic import SecretStr

from tipcycle.service.intake.board_access import may_read, only_here, passwords_of
from tipcycle.settings import Settings

PREFECT, READERS = "coordinator:not-a-real-one", "bureau:also-made-up"


def _basic(user: str) -> str:
    return f"Basic {b64encode(user.encode()).decode()}"


@pytest.mark.parametrize(
    ("given", "passwords", "here", "answer"),
    [
        pytest.param(None, [], True, "yes", id="at this machine"),
        pytest.param(None, [], False, "shut", id="elsewhere, none set"),
        pytest.param(_basic(PREFECT), [], False, "shut", id="elsewhere, none set, one given"),
        pytest.param(None, [PREFECT], True, "ask", id="one is set, none given"),
        pytest.param(_basic(PREFECT), [PREFECT], False, "yes", id="Prefect's"),
        pytest.param(_basic(READERS), [PREFECT, READERS], False, "yes", id="the readers' own"),
        pytest.param(_basic(READERS), [PREFECT], False, "ask", id="one that is not set"),
        pytest.param(_basic("coordinator:"), [PREFECT], False, "ask", id="an empty one"),
        pytest.param(f"Bearer {PREFECT}", [PREFECT], False, "ask", id="a token"),
        pytest.param("Basic ???", [PREFECT], False, "ask", id="no base64"),
        pytest.param(_basic("bürö:ä"), ["bürö:ä"], False, "yes", id="beyond ASCII"),
    ],
)
def test_a_password_that_is_set_is_asked_for(
    given: str | None, passwords: list[str], *, here: bool, answer: str
) -> None:
    assert may_read(given, passwords, only_here=here) == answer


@pytest.mark.parametrize(
    ("changed", "here"),
    [
        ({}, True),
        ({"intake_url": "http://127.0.0.1:4280"}, True),
        ({"intake_host": "0.0.0.0"}, False),
        ({"intake_host": "192.0.2.7"}, False),
        ({"intake_proxy": "127.0.0.1"}, False),
        ({"intake_url": "https://tip.example"}, False),
    ],
)
def test_others_can_come_through_a_host_a_proxy_or_an_outer_address(changed: dict[str, str], *, here: bool) -> None:
    assert only_here(Settings.model_validate(changed)) is here


def test_both_passwords_count_and_neither_is_shown() -> None:
    now = Settings(board_password=SecretStr(READERS))

    assert passwords_of(now, PREFECT) == [PREFECT, READERS]
    assert passwords_of(Settings(), "") == []
    assert "also-made-up" not in repr(now)

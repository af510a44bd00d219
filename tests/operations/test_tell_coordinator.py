"""The mail that tells the office of a flow that failed: once a day, and readable from its subject on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.smoke.story import utc
from tipcycle.operations.tell_coordinator import LONGEST, seal_alarm
from tipcycle.settings import settings
from tipcycle.store import Store

AT = utc("2009-10-19 12:00")
LONG = "obligation:2010:interim-release:all: " + "a made-up reason of many words, " * 200


@pytest.fixture(autouse=True)
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIPCYCLE_VAR_DIR", str(tmp_path))
    Store.create(settings().ledger_url)


def test_a_long_reason_is_cut_between_words_in_the_subject_and_stands_in_the_mail() -> None:
    sealed = seal_alarm("remind-and-escalate", run="/runs/1", told=LONG, at=AT)

    assert sealed.key is not None
    with Store.read(settings().ledger_url) as store:
        mail = store.messages.find(sealed.key)
    assert mail is not None
    assert mail.subject.startswith(
        "remind-and-escalate needs you: obligation:2010:interim-release:all: a made-up reason"
    )
    assert mail.subject.endswith((" words, …", " made-up …", " reason …", " of …", " many …", " a …"))
    assert len(mail.subject) <= len("remind-and-escalate needs you: ") + 100
    assert " ".join(LONG[:LONGEST].split()) in " ".join(mail.body.split())


def test_of_a_flow_the_office_is_told_once_a_day() -> None:
    first = seal_alarm("watchman", run="/runs/1", told="made up", at=AT)
    second = seal_alarm("watchman", run="/runs/2", told="made up, again", at=utc("2009-10-19 18:00"))
    tomorrow = seal_alarm("watchman", run="/runs/3", told="", at=utc("2009-10-20 12:00"))

    assert first.key is not None
    assert second.key is None
    assert second.line == "watchman: gtip.action-officer was told today"
    assert tomorrow.key not in (None, first.key)

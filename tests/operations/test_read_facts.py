"""Facts are the acts of the log, told without an address, with what each is about; the documentation lists them all."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.smoke.story import Story, utc
from tipcycle.config import load_config
from tipcycle.model.fact import EVENTS, event_of
from tipcycle.operations.change_contact import change_contact
from tipcycle.operations.read_facts import MOST, _about, _words, facts_since, last_fact
from tipcycle.settings import ROOT, settings
from tipcycle.store import Store

# What an f-string or a choice in the code names: the decisions of clearers and holders, and messages settled by hand.
_COMPUTED = {
    "document-": {"document-cleared", "document-commented", "document-returned"},
    "split-": {"split-settled", "split-raised"},
    "settle-": {"settle-unknown", "settle-refused"},
}


def test_every_act_that_the_code_can_log_has_an_event() -> None:
    written = {act for path in (ROOT / "tipcycle").rglob("*.py") for act in _acts(path)}

    assert written == set(EVENTS)


def test_the_documentation_lists_every_event_with_its_act() -> None:
    page = (ROOT / "docs" / "events.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(tipcycle\.[^`]+)` \| `([^`]+)` \| \S.*\|$", page, re.MULTILINE)

    assert sorted(rows) == sorted((event_of(act), act) for act in EVENTS)


@pytest.mark.parametrize(
    ("object", "about"),
    [
        pytest.param(
            "obligation:2010:progress-report:SEN",
            {"country": "SEN", "post": "dakar", "step": "progress-report"},
            id="an obligation",
        ),
        pytest.param("obligation:2010:interim-draft:all", {"step": "interim-draft"}, id="a step of the cycle"),
        pytest.param("tier:2010:SEN", {"country": "SEN", "post": "dakar"}, id="a tier"),
        pytest.param("document:2010:interim-chapter:SEN", {"country": "SEN", "post": "dakar"}, id="a chapter"),
        pytest.param(
            "message:2010:reporting-instructions:dakar",
            {"post": "dakar", "step": "reporting-instructions"},
            id="the instructions",
        ),
        pytest.param("message:2010:dakar.action-officer:email:2009-11-13:1", {"post": "dakar"}, id="a digest"),
        pytest.param("dakar.action-officer", {"post": "dakar"}, id="a position at a post"),
        pytest.param("gtip.director", {}, id="a position of the Department"),
        pytest.param("cycle:2010", {}, id="a cycle"),
        pytest.param("dakar.action-officer@posts.example", {}, id="an address, which is never told"),
    ],
)
def test_a_fact_says_what_it_is_about(object: str, about: dict[str, str]) -> None:
    _, words = _words(object)

    assert _about(words, load_config(ROOT / "config", 2010)) == about


def test_facts_follow_the_log_and_carry_no_address(asked: Story) -> None:
    before = last_fact()
    assert before is not None
    at = utc("2009-11-02 12:00")
    address = "new.officer@posts.example"
    change_contact(
        2010,
        position="dakar.action-officer",
        channel="email",
        address=address,
        from_on=at.date(),
        reason="made up",
        approver="gtip.director",
        at=at,
        preview=False,
    )

    (fact,) = facts_since(before)

    assert (fact.event, fact.at, fact.actor) == ("tipcycle.contact.changed", at, "gtip.director")
    assert dict(fact.about) == {"post": "dakar"}
    assert "@" not in str(fact)
    everything = facts_since(0)
    assert len(everything) == min(MOST, fact.number)
    assert all(one.event.startswith("tipcycle.") for one in everything)


def test_of_a_rehearsal_nothing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIPCYCLE_VAR_DIR", str(tmp_path))
    assert last_fact() is None, "no ledger"

    Store.create(settings().ledger_url, rehearsal=True)

    assert last_fact() is None


def _acts(path: Path) -> set[str]:
    """The names given to `store.acts.add` in a module."""
    found: set[str] = set()
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith(".acts.add"):
            found |= _names(call.args[0])
    return found


def _names(act: ast.expr) -> set[str]:
    if isinstance(act, ast.IfExp):
        return _names(act.body) | _names(act.orelse)
    if isinstance(act, ast.JoinedStr):
        return _COMPUTED[str(getattr(act.values[0], "value", ""))]
    return {ast.literal_eval(act)}

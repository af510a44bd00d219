"""What a form decides needs the deciding position's own code: for that deed, within its hour, once, told nowhere."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
import sqlalchemy as sa
import yaml

from tests.assessments import clear_interim, draft_interim, release_interim
from tests.databases import on_both_databases
from tests.operations.spring import PLACED, recommend, spring, spring_ledger
from tests.smoke.story import YEAR, Story, progress_report, story, utc
from tipcycle.cli import main
from tipcycle.errors import StoreError
from tipcycle.model.tier_forms import PlacementForm
from tipcycle.operations.change_contact import change_contact, delegate
from tipcycle.operations.change_deadline import DeadlineChange, change_deadline
from tipcycle.operations.clear_documents import clear_documents
from tipcycle.operations.deliver import deliver
from tipcycle.operations.hold import hold
from tipcycle.operations.issue_code import MOST_MAILED, mail_code, show_code
from tipcycle.operations.open_cycle import open_cycle
from tipcycle.operations.record_placements import record_placements
from tipcycle.operations.require_code import CodeRefusedError, deciding, require_code
from tipcycle.operations.waive_obligation import preview_waiver, waive_obligation
from tipcycle.operations.waive_rule import preview_rule_waiver, waive_rule
from tipcycle.settings import settings
from tipcycle.store import Store
from tipcycle.store.acts import Act
from tipcycle.store.schema import metadata, signing_codes

__all__ = ["spring", "spring_ledger"]

AT = utc("2009-11-10 15:00")
WRONG = "0000-0000-0000"
_CODE = re.compile(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}\b")


def extend(*, code: str | None = None, preview: bool = False, **changed: Any) -> DeadlineChange:
    values: dict[str, Any] = {
        "step": "progress-report",
        "country": "SEN",
        "planned_on": date(2009, 11, 27),
        "reason_class": "post asked",
        "reason": "made up",
        "approver": "gtip.director",
        "at": AT,
    }
    return change_deadline(YEAR, code=code, preview=preview, **values | changed)


def code_to_extend(**changed: Any) -> str:
    return show_code(extend(preview=True, **changed).to_sign, at=changed.get("at", AT)).code


def refused(**changed: Any) -> str:
    with pytest.raises(StoreError) as error:
        extend(**changed)
    return str(error.value)


def acts(*names: str) -> list[Act]:
    with Store.read(settings().ledger_url) as store:
        return [one for one in store.acts.all() if one.act in names]


def everything() -> str:
    """All that the ledger holds, as text."""
    with Store.read(settings().ledger_url) as store:
        return "\n".join(
            repr(tuple(row)) for table in metadata.sorted_tables for row in store.connection.execute(sa.select(table))
        )


@on_both_databases
def test_a_code_signs_what_it_was_made_for_and_is_spent_by_it(asked: Story) -> None:
    code = code_to_extend()

    extend(code=code)
    again = refused(planned_on=date(2009, 11, 30), code=code)

    assert "this code was used on" in again
    (changed,) = acts("change-deadline")
    assert (changed.details["channel"], changed.details["signed_with"]) == ("form", 1)
    (kept,) = acts("refuse-code")
    assert (kept.actor, kept.details["why"], kept.details["decision"]) == ("a form", "spent", "extend")
    assert _CODE.search(code)
    assert code not in everything()
    assert code.replace("-", "") not in everything()


@on_both_databases
def test_of_two_who_use_one_code_at_once_exactly_one_wins(asked: Story) -> None:
    deed = extend(preview=True).to_sign
    code = show_code(deed, at=AT).code
    url, ready = settings().ledger_url, Barrier(4)

    def use(_: int) -> str:
        ready.wait()
        try:
            with deciding(url) as store:
                require_code(store, deed, code, at=AT)
        except CodeRefusedError as error:
            return error.refusal.why
        return "signed"

    with ThreadPoolExecutor(4) as pool:
        found = sorted(pool.map(use, range(4)))

    assert found == ["signed", "spent", "spent", "spent"]
    assert len(acts("refuse-code")) == 3


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        pytest.param({"planned_on": date(2009, 11, 30)}, "changed", id="another day"),
        pytest.param({"reason": "made up, otherwise"}, "changed", id="another reason"),
        pytest.param({"country": "GNB"}, "changed", id="another country"),
        pytest.param({"approver": "g.principal"}, "foreign", id="another position"),
    ],
)
def test_a_code_for_something_else_changes_nothing_and_still_fits_its_own(
    asked: Story, changed: dict[str, Any], why: str
) -> None:
    code = code_to_extend()

    refused(code=code, **changed)

    assert [one.details["why"] for one in acts("refuse-code")] == [why]
    assert not acts("change-deadline")
    assert extend(code=code).done


def test_once_the_plan_changed_its_code_fits_no_more(asked: Story) -> None:
    code = code_to_extend()
    extend(planned_on=date(2009, 11, 20))  # a command, meanwhile

    assert "look at what changed" in refused(code=code)


def test_without_a_code_a_form_is_told_how_to_get_one_and_nothing_is_kept(asked: Story) -> None:
    told = refused(code="  ")

    assert told.startswith("not signed: gtip.director signs with a one-time code to give progress-report of SEN")
    assert "send_code" in told
    assert not acts("refuse-code", "change-deadline")


def test_five_wrong_codes_void_those_that_are_out_until_there_is_a_new_one(asked: Story) -> None:
    code = code_to_extend()
    other = show_code(preview_waiver(**_waived()).to_sign, at=AT).code

    told = [refused(code=WRONG) for _ in range(5)]

    assert "after 4 more wrong tries" in told[0]
    assert "the codes that were out are void" in told[4]
    assert "5 wrong codes were tried" in refused(code=code)
    assert waive_obligation(**_waived(), at=AT, code=other), "that was another act"
    assert extend(code=code_to_extend()).done
    assert [one.details["why"] for one in acts("refuse-code")] == [*(["wrong"] * 5), "void"]


def _waived() -> dict[str, Any]:
    return {
        "report_year": YEAR,
        "step": "progress-report",
        "country": "GNB",
        "reason": "made up",
        "approver": "gtip.director",
    }


@pytest.fixture
def rehearsed(tmp_path: Path) -> Iterator[Story]:
    """In a rehearsal a code's hour runs on the play's clock."""
    with story(tmp_path, rehearsal=True) as cycle:
        open_cycle(YEAR, utc("2009-08-31 12:00"))
        open_cycle(YEAR, utc("2009-09-14 12:00"))
        yield cycle


_DRAFT: dict[str, Any] = {"step": "interim-draft", "country": None, "planned_on": date(2009, 12, 23)}


@pytest.mark.parametrize(("minutes", "over"), [(59, False), (60, True), (61, True)])
def test_a_code_is_over_after_an_hour(rehearsed: Story, minutes: int, *, over: bool) -> None:
    code = code_to_extend(**_DRAFT)
    later = AT + timedelta(minutes=minutes)

    if over:
        assert "this code was good until Tue 10 Nov 2009 16:00 UTC" in refused(code=code, **_DRAFT | {"at": later})
    else:
        assert extend(code=code, **_DRAFT | {"at": later}).done


def test_a_form_cannot_turn_back_the_clock_of_a_code(asked: Story) -> None:
    """Outside a rehearsal `at` may lie in the past, and a code is over all the same."""
    code = code_to_extend()
    with Store.begin(settings().ledger_url) as store:
        store.connection.execute(signing_codes.update().values(expires_at=utc("2020-01-01 13:00")))

    assert "this code was good until Wed 1 Jan 2020 13:00 UTC" in refused(code=code), "the moment given was in 2009"


def mailed(cycle: Story, **changed: Any) -> tuple[str, str]:
    """The address and the text of the mail that brings a code."""
    key = mail_code(extend(preview=True, **changed).to_sign, at=AT)
    asyncio.run(deliver([key], AT))
    (file,) = (cycle.folder / "mails").rglob(f"{key.replace(':', '_')}.eml")
    text = file.read_text(encoding="utf-8")
    return re.findall(r"^To: (.*)$", text, re.MULTILINE)[0], text


@on_both_databases
def test_a_mailed_code_goes_to_the_position_and_is_in_the_mail_alone(asked: Story) -> None:
    address, text = mailed(asked)
    (code,) = _CODE.findall(text)

    assert "director" in address
    assert "give progress-report of SEN another day: Fri 27 Nov 2009" in text
    assert "reason: post asked: made up" in text, "the words of the form are signed, so the signer reads them"
    assert "It is good until" in text
    assert "If you did not ask for it, do nothing" in text
    assert code not in everything()
    assert "(the code stands in the mail alone)" in everything()
    assert extend(code=code).done


def test_a_stand_in_gets_no_code_for_the_seat(asked: Story) -> None:
    before = mailed(asked)[0]
    delegate(
        YEAR,
        position="gtip.director",
        to="drl.clearer",
        from_on=date(2009, 11, 9),
        until_on=date(2009, 11, 12),
        reason="made up",
        approver="gtip.director",
        at=AT,
        preview=False,
    )

    assert mailed(asked)[0] == before


def test_who_is_on_hold_still_gets_a_code(asked: Story) -> None:
    hold(YEAR, scope="all", name="", until_on=date(2009, 11, 12), reason="made up", approver="gtip.director", at=AT)

    assert mailed(asked)


def test_a_mail_that_did_not_leave_within_the_hour_is_taken_back(rehearsed: Story) -> None:
    rehearsed.mailbox.stop()
    key = mail_code(extend(preview=True, **_DRAFT).to_sign, at=AT)
    asyncio.run(deliver([key], AT))
    rehearsed.mailbox.start_again()

    rehearsed.tick(AT + timedelta(hours=1))

    with Store.read(settings().ledger_url) as store:
        found = store.messages.find(key)
    assert found
    assert (found.state, found.reason) == ("withdrawn", "its code was over before it went out")
    assert not rehearsed.mailbox.accepted[key]


def test_a_position_is_not_flooded_with_codes(asked: Story) -> None:
    deed = extend(preview=True).to_sign
    for _ in range(MOST_MAILED):
        mail_code(deed, at=AT)

    with pytest.raises(StoreError, match="was mailed 5 codes within the hour and used none"):
        mail_code(deed, at=AT)


def test_nothing_is_cleared_by_form_without_the_code_of_whoever_acts(tmp_path: Path) -> None:
    with story(tmp_path) as cycle:
        open_cycle(YEAR, utc("2009-08-31 12:00"))
        open_cycle(YEAR, utc("2009-09-14 12:00"))
        assert cycle
        values: dict[str, Any] = {"decision": "cleared", "position": "eur.bureau", "at": utc("2009-09-18 12:00")}
        shown = clear_documents(YEAR, **values, preview=True)
        assert shown.to_sign
        assert shown.to_sign.what == f"clear {shown.decided} action requests"

        with pytest.raises(StoreError, match=r"eur\.bureau signs with a one-time code to clear"):
            clear_documents(YEAR, **values, preview=False, code="")
        code = show_code(shown.to_sign, at=AT).code
        with pytest.raises(CodeRefusedError, match="made to clear"):
            clear_documents(YEAR, **values, countries=["AZE"], preview=False, code=code)
        done = clear_documents(YEAR, **values, preview=False, code=code)

    assert done.decided == shown.decided > 1


def test_nothing_is_placed_by_form_without_a_code_for_those_very_placements(spring: Story) -> None:
    for position in ("gtip.action-officer", "af.bureau"):
        recommend(position, ("SEN", "2WL"))
    given: dict[str, Any] = {"country": "SEN", "tier": "2WL", "rationale": "Made up.", "explanation": "Made up."}
    form = PlacementForm(**given, standards=["4"])
    values: dict[str, Any] = {"position": "g.principal", "at": PLACED}
    shown = record_placements(YEAR, placements=[form], **values, preview=True)
    assert shown.to_sign
    code = show_code(shown.to_sign, at=PLACED).code

    with pytest.raises(StoreError, match=r"g\.principal signs with a one-time code to place 1 country"):
        record_placements(YEAR, placements=[form], **values, preview=False, code="")
    other = form.model_copy(update={"rationale": "Made up otherwise."})
    with pytest.raises(CodeRefusedError, match="made to place 1 country"):
        record_placements(YEAR, placements=[other], **values, preview=False, code=code)

    assert record_placements(YEAR, placements=[form], **values, preview=False, code=code).recorded == 1


def test_nothing_is_released_by_form_without_a_code_for_those_very_texts(asked: Story) -> None:
    draft_interim(utc("2010-01-04 15:00"))
    clear_interim(utc("2010-01-28 15:00"))
    at = utc("2010-01-29 15:00")
    shown = release_interim(at, preview=True)
    assert shown.to_sign
    assert shown.to_sign.what == "release version 1 of the interim assessment"

    with pytest.raises(StoreError, match=r"gtip\.director signs with a one-time code to release version 1"):
        release_interim(at, code="")

    assert release_interim(at, code=show_code(shown.to_sign, at=at).code).released == 1


def test_where_a_seat_of_the_department_is_reached_is_changed_by_form_under_its_own_code(asked: Story) -> None:
    values: dict[str, Any] = {
        "address": "somebody.else@gtip.example",
        "from_on": date(2009, 11, 10),
        "reason": "made up",
        "approver": "gtip.action-officer",
        "at": AT,
        "preview": False,
    }

    assert change_contact(YEAR, position="dakar.action-officer", **values, code="").done, "a post signs nothing"
    with pytest.raises(StoreError, match=r"gtip\.director signs with a one-time code"):
        change_contact(YEAR, position="gtip.director", **values, code="")


_EXTEND = "--report-year 2010 --step progress-report --country SEN --to 2009-11-27 --reason made_up --by gtip.director"


def test_the_command_prints_the_code_for_what_its_words_would_do(
    asked: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ["--at", "2009-11-10T15:00:00Z"]

    assert main(["sign", "extend", *_EXTEND.split(), *at, "--position", "gtip.director"]) == 0
    code = capsys.readouterr().out.splitlines()[-1]

    assert not acts("change-deadline")
    assert extend(code=code, reason="made_up").done


@pytest.mark.parametrize(
    ("words", "exit_code", "told"),
    [
        pytest.param(f"extend {_EXTEND} --yes", 2, "leave --yes out", id="as if it decided"),
        pytest.param(f"extend {_EXTEND} --position g.principal", 1, "signed by gtip.director", id="another position"),
        pytest.param(
            "release interim-assessment --report-year 2010 --by gtip.director --retract", 2, "no code", id="retracting"
        ),
        pytest.param(
            "place settle SEN --tier 2 --note made_up --report-year 2010 --by gtip.director", 2, "no code", id="a split"
        ),
        pytest.param("contact show Dakar --report-year 2010", 2, "no code", id="showing"),
    ],
)
def test_what_needs_no_code_is_given_none(
    asked: Story, capsys: pytest.CaptureFixture[str], words: str, exit_code: int, told: str
) -> None:
    try:
        found = main(["sign", *words.split(), "--at", "2009-11-10T15:00:00Z"])
    except SystemExit as ended:
        found = int(ended.code or 0)

    assert found == exit_code
    assert told in capsys.readouterr().err
    assert not acts("issue-code")


def test_a_rule_is_waived_by_form_under_a_code_for_that_very_answer(asked: Story, tmp_path: Path) -> None:
    file = tmp_path / "AZE.yaml"
    file.write_text(yaml.safe_dump(progress_report("AZE", "Baku")) + "...\n", encoding="utf-8")
    values: dict[str, Any] = {
        "code": "statistic.period",
        "reason": "made up",
        "approver": "gtip.director",
        "until_on": date(2009, 11, 20),
        "at": AT,
    }
    code = show_code(preview_rule_waiver(file, **values).to_sign, at=AT).code

    with pytest.raises(CodeRefusedError, match="made to waive statistic"):
        waive_rule(file, **values | {"code": "item.status"}, signing_code=code)

    assert "waived by gtip.director" in waive_rule(file, **values, signing_code=code)

"""What posts send in: taken, refused and kept, recognized; nothing is half done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.databases import on_both_databases
from tests.smoke.story import YEAR, Story, progress_report, utc
from tests.workbooks import ANSWERED, KEY, filled, read
from tipcycle.errors import StoreError
from tipcycle.operations.change_deadline import change_deadline
from tipcycle.operations.count_cycle import count_standings, due_submissions
from tipcycle.operations.waive_obligation import waive_obligation
from tipcycle.settings import settings
from tipcycle.store import Store

pytestmark = on_both_databases

ON_TIME = utc("2009-11-10 09:00")
LATE = utc("2009-11-17 09:00")


def _written(form: dict[str, object]) -> bytes:
    return (yaml.safe_dump(form) + "...\n").encode()


_GOOD = progress_report("AZE", "Baku")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(_written(_GOOD | {"post": "Tbilisi"}), "obligation.wrong_post", id="for another post's country"),
        pytest.param(
            _written(_GOOD | {"submitted_by": "tbilisi.action-officer"}), "obligation.wrong_post", id="by another post"
        ),
        pytest.param(
            _written(_GOOD | {"submitted_by": "baku.no-such-seat"}), "obligation.wrong_post", id="by nobody we know"
        ),
        pytest.param(_written(_GOOD | {"report_year": 2009}), "obligation.unknown", id="of a cycle that is not open"),
        pytest.param(_written(_GOOD | {"country": "FRA"}), "obligation.unknown", id="of a country that owes none"),
        pytest.param(
            _written(_GOOD | {"items": [{"id": "HP99", "status": "begun"}]}), "item.unknown", id="with a wrong item id"
        ),
        pytest.param(_written(_GOOD)[:-30], "file.truncated", id="truncated"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00" + _written(_GOOD), "file.unreadable", id="binary"),
        pytest.param(b"#" * 50_000_000, "file.too_large", id="of 50 MB"),
        pytest.param(b"", "file.truncated", id="empty"),
    ],
)
def test_a_bad_file_is_refused_with_place_and_remedy_and_kept(asked: Story, content: bytes, code: str) -> None:
    asked.drop("AZE.yaml", content)

    (taken,) = asked.take_in(ON_TIME)

    assert taken.outcome == "refused"
    assert code in {finding.code for finding in taken.findings}
    assert all(finding.where and finding.remedy for finding in taken.findings)
    assert (asked.folder / "quarantine" / "AZE.yaml").read_bytes() == content
    assert code in (asked.folder / "quarantine" / "AZE.yaml.findings.txt").read_text(encoding="utf-8")
    assert not list(settings().inbox.iterdir())
    with Store.read(settings().ledger_url) as store:
        assert store.obligations.get(f"obligation:{YEAR}:progress-report:AZE").standing == "missing"
        assert store.submissions.latest(f"obligation:{YEAR}:progress-report:AZE") is None


def test_a_submission_of_a_closed_cycle_is_refused(asked: Story) -> None:
    with Store.begin(settings().ledger_url) as store:
        store.cycles.close(YEAR, utc("2009-11-09 00:00"))
    asked.drop("AZE.yaml", progress_report("AZE", "Baku"))

    (taken,) = asked.take_in(ON_TIME)

    assert [finding.code for finding in taken.findings] == ["obligation.unknown"]
    assert "was closed on" in taken.findings[0].message


def test_a_post_whose_file_is_refused_is_told_why(asked: Story) -> None:
    asked.drop("AZE.yaml", progress_report("AZE", "Baku", items=[{"id": "HP99", "status": "begun"}]))

    asked.take_in(ON_TIME)
    asked.tick(utc("2009-11-10 10:00"))

    (mail,) = (path for path in (asked.folder / "mails" / "baku").iterdir() if "refusal" in path.name)
    text = mail.read_text(encoding="utf-8")
    assert "HP99" in text
    assert "Use one of HP1" in text


@pytest.mark.parametrize(
    ("delivered_on", "complete"),
    [
        pytest.param("2009-10-19", True, id="the day before"),
        pytest.param("2009-10-20", True, id="the day of receipt, in Baku"),
        pytest.param("2009-10-21", False, id="the day after"),
    ],
)
def test_a_delivery_that_is_still_to_come_makes_the_report_partial(
    asked: Story, delivered_on: str, *, complete: bool
) -> None:
    demarche = {
        "delivered_on": delivered_on,
        "level": "Ministry of Justice",
        "officials": ["Deputy minister"],
        "reaction": "Made up.",
    }
    asked.drop("AZE.yaml", progress_report("AZE", "Baku", step="demarche", demarche=demarche, items=[]))

    (taken,) = asked.take_in(utc("2009-10-19 21:00"))  # the 20th in Baku

    assert taken.outcome == "accepted"
    assert [one.code for one in taken.findings] == ([] if complete else ["demarche.in_the_future"])
    with Store.read(settings().ledger_url) as store:
        assert store.obligations.get(f"obligation:{YEAR}:demarche:AZE").complete is complete


def test_an_identical_re_send_is_no_new_version_and_a_changed_one_is(asked: Story) -> None:
    asked.drop("a.yaml", progress_report("AZE", "Baku"))
    asked.take_in(ON_TIME)
    asked.drop("b.yaml", b"# sent again\n" + _written(_GOOD))
    (again,) = asked.take_in(utc("2009-11-11 09:00"))
    asked.drop("c.yaml", progress_report("AZE", "Baku", remarks="More to say."))
    (changed,) = asked.take_in(LATE)

    assert (again.outcome, changed.outcome) == ("identical", "accepted")
    with Store.read(settings().ledger_url) as store:
        latest = store.submissions.latest(f"obligation:{YEAR}:progress-report:AZE")
        obligation = store.obligations.get(f"obligation:{YEAR}:progress-report:AZE")
    assert latest is not None
    assert latest.version == 2
    assert obligation.answered_at == ON_TIME, "a later version does not make the answer late"


def test_lateness_is_counted_once_and_kept_apart_from_an_extension(asked: Story) -> None:
    change_deadline(
        YEAR,
        step="progress-report",
        country="LVA",
        planned_on=utc("2009-11-27 00:00").date(),
        reason_class="post asked",
        reason="asked for time",
        approver="gtip.director",
        at=ON_TIME,
        preview=False,
    )
    waive_obligation(
        YEAR, step="progress-report", country="UKR", reason="evacuated", approver="gtip.director", at=ON_TIME
    )
    asked.drop("AZE.yaml", progress_report("AZE", "Baku"))
    asked.drop("LVA.yaml", progress_report("LVA", "Riga"))
    asked.drop("RUS.yaml", progress_report("RUS", "Moscow", items=[], nothing_to_report=True))

    asked.take_in(LATE)

    with Store.read(settings().ledger_url) as store:
        counts = count_standings(due_submissions(store, YEAR, by=utc("2009-12-31 00:00")))
    assert counts == {
        "required": 56,
        "received": 2,
        "nil": 1,
        "waived": 1,
        "missing": 52,
        "late": 2,
        "extended": 1,
    }


def test_a_new_deadline_plans_the_ladder_anew_and_keeps_the_first_date(asked: Story) -> None:
    asked.tick(utc("2009-10-16 09:00"))

    def extend(*, preview: bool) -> tuple[str, ...]:
        return change_deadline(
            YEAR,
            step="progress-report",
            country="AZE",
            planned_on=utc("2009-12-15 00:00").date(),
            reason_class="post asked",
            reason="asked for time",
            approver="gtip.director",
            at=ON_TIME,
            preview=preview,
        ).lines

    before = asked.notices("progress-report:AZE")
    shown = extend(preview=True)
    assert asked.notices("progress-report:AZE") == before, "a preview changes nothing"
    assert "Sun 15 Nov 2009 23:59 (UTC+4) → Tue 15 Dec 2009 23:59 (UTC+4)" in shown[0]

    extend(preview=False)
    asked.tick(utc("2009-12-08 09:00"))

    with Store.read(settings().ledger_url) as store:
        obligation = store.obligations.get(f"obligation:{YEAR}:progress-report:AZE")
        notices = {one.key: one for one in store.notices.of_obligations([obligation.key])}
        skipped = store.notices.skipped(obligation.key)
    prefix = f"notice:{YEAR}:progress-report:AZE"
    assert obligation.original_on.isoformat() == "2009-11-15"
    assert obligation.version == 2
    assert notices[f"{prefix}:v1:-30:baku.action-officer"].state == "sent"
    assert (notices[f"{prefix}:v1:-1:baku.alternate"].state, notices[f"{prefix}:v1:-1:baku.alternate"].reason) == (
        "cancelled",
        "replanned",
    )
    assert notices[f"{prefix}:v2:-7:baku.action-officer"].state == "sent"
    assert notices[f"{prefix}:v2:-14:baku.action-officer"].state == "superseded"
    assert [rung.days for rung in skipped] == []


@pytest.mark.parametrize(
    ("act", "told"),
    [
        pytest.param(lambda: _change(to="2009-11-27", reason=" "), "for a reason", id="without a reason"),
        pytest.param(lambda: _change(to="2009-11-27", by="someone"), "is not a position", id="by nobody we know"),
        pytest.param(lambda: _change(to="2009-11-01"), "is over already", id="to a day that is over"),
        pytest.param(lambda: _change(to="2009-11-15"), "already", id="to the same day"),
    ],
)
def test_a_change_that_cannot_be_is_refused_with_its_reason(asked: Story, act: Callable[[], object], told: str) -> None:
    before = asked.counts()

    with pytest.raises(StoreError, match=told):
        act()

    assert asked.counts() == before


def _change(*, to: str, reason: str = "asked for time", by: str = "gtip.director") -> object:
    return change_deadline(
        YEAR,
        step="progress-report",
        country="AZE",
        planned_on=utc(f"{to} 00:00").date(),
        reason_class="post asked",
        reason=reason,
        approver=by,
        at=ON_TIME,
        preview=False,
    )


def test_the_post_is_told_the_old_and_the_new_day_and_gets_the_event_anew(asked: Story) -> None:
    _change(to="2009-12-15")

    asked.tick(utc("2009-11-10 10:00"))

    (mail,) = [path for path in (asked.folder / "mails" / "baku").iterdir() if "deadline" in path.name]
    text = mail.read_text(encoding="utf-8")
    assert "Sun 15 Nov 2009 23:59 (UTC+4)" in text
    assert "Tue 15 Dec 2009 23:59 (UTC+4) at Baku" in text
    assert "SEQUENCE:1" in text


def test_a_day_that_was_changed_again_before_it_was_told_is_never_told(asked: Story) -> None:
    _change(to="2009-12-15")
    _change(to="2009-12-22")

    asked.tick(utc("2009-11-10 10:00"))

    (mail,) = [path for path in (asked.folder / "mails" / "baku").iterdir() if "deadline" in path.name]
    text = mail.read_text(encoding="utf-8")
    assert "Tue 22 Dec 2009 23:59 (UTC+4) at Baku" in text
    assert "Tue 15 Dec 2009 23:59 (UTC+4) at Baku" not in text


def test_a_change_is_withdrawn_also_after_the_first_day_has_passed(asked: Story) -> None:
    _change(to="2009-12-15")
    withdraw: dict[str, Any] = {
        "step": "progress-report",
        "country": "AZE",
        "planned_on": None,
        "reason_class": "correction",
    }
    withdraw |= {"reason": "given in error", "approver": "gtip.director", "preview": False}

    change_deadline(YEAR, **withdraw, at=utc("2009-11-17 12:00"))

    with Store.read(settings().ledger_url) as store:
        obligation = store.obligations.get(f"obligation:{YEAR}:progress-report:AZE")
        owed = [one.days for one in store.notices.of_obligations([obligation.key]) if one.state == "owed"]
        left_out = {rung.days: rung.reason for rung in store.notices.skipped(obligation.key)}
    assert (obligation.planned_on, obligation.version) == (obligation.original_on, 3)
    assert owed == [3, 7, 14]
    assert "before it was planned anew on 2009-11-17" in left_out[1]
    with pytest.raises(StoreError, match="nothing to put back"):
        change_deadline(YEAR, **withdraw, at=utc("2009-11-18 12:00"))


def test_a_step_of_the_department_is_moved_too(asked: Story) -> None:
    change_deadline(
        YEAR,
        step="interim-draft",
        country=None,
        planned_on=utc("2009-12-22 00:00").date(),
        reason_class="Department",
        reason="two officers are away",
        approver="gtip.director",
        at=utc("2009-12-01 15:00"),
        preview=False,
    )

    with Store.read(settings().ledger_url) as store:
        draft = store.obligations.get(f"obligation:{YEAR}:interim-draft:all")
    assert (draft.planned_on.isoformat(), draft.due_at) == ("2009-12-22", utc("2009-12-23 04:59:59"))


def test_a_crash_between_ledger_and_inbox_changes_nothing(asked: Story, tmp_path: Path) -> None:
    asked.drop("AZE.yaml", progress_report("AZE", "Baku"))
    asked.take_in(ON_TIME)
    taken_in = asked.folder / "taken-in" / "accepted" / "AZE.yaml"

    taken_in.rename(settings().inbox / "AZE.yaml")  # as if the file had never been moved
    (again,) = asked.take_in(utc("2009-11-10 10:00"))

    assert again.outcome == "identical"
    with Store.read(settings().ledger_url) as store:
        latest = store.submissions.latest(f"obligation:{YEAR}:progress-report:AZE")
    assert latest is not None
    assert latest.version == 1


def test_a_workbook_is_taken_in_like_any_file_and_its_faults_name_cells(
    asked: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIPCYCLE_SIGNING_KEY", KEY.decode())
    asked.drop("AZE.xlsx", filled())
    asked.drop("bad.xlsx", filled(ANSWERED | {"Statistics!M6": "indictments"}))

    good, bad = asked.take_in(ON_TIME)

    assert (good.outcome, bad.outcome) == ("accepted", "refused")
    assert [(one.code, one.where) for one in bad.findings] == [("statistic.host_term_uninterpreted", "Statistics!N6")]
    assert bad.obligation == f"obligation:{YEAR}:progress-report:AZE", "its post is told"


def test_a_workbook_and_yaml_with_the_same_answer_are_one_version(
    asked: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIPCYCLE_SIGNING_KEY", KEY.decode())
    asked.drop("AZE.xlsx", filled())
    asked.take_in(ON_TIME)
    submission = read(filled()).submission
    assert submission is not None

    asked.drop("AZE.yaml", submission.model_dump(mode="json", by_alias=True))
    (again,) = asked.take_in(LATE)

    assert again.outcome == "identical"

"""Office and bureau each recommend a tier; where they differ a split opens, is raised, settled or withdrawn."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest

from tests.operations.spring import RECOMMENDED, SETTLED, place, recommend, spring, spring_ledger
from tests.smoke.story import YEAR, Story, utc
from tests.steps import stand_done
from tipcycle.errors import StoreError, TipcycleError
from tipcycle.model.tier_forms import RecommendationForm
from tipcycle.operations.change_contact import delegate
from tipcycle.operations.read_tiers import read_country, read_tiers
from tipcycle.operations.record_recommendations import record_recommendations
from tipcycle.operations.reopen_placement import reopen_placement
from tipcycle.operations.settle_split import settle_split
from tipcycle.settings import settings
from tipcycle.store import Store

__all__ = ["spring", "spring_ledger"]

OFFICE, BUREAU = "gtip.action-officer", "af.bureau"


def levels(iso3: str = "SEN") -> list[tuple[str, str, str | None, str]]:
    with Store.read(settings().ledger_url) as store:
        return [(one.level, one.holder, one.outcome, one.decided_by) for one in store.tiers.levels(YEAR, iso3)]


def settle(position: str, outcome: str = "settled", tier: str | None = "2WL", **changed: object) -> list[str]:
    values = {"country": "SEN", "note": "Made up.", "at": SETTLED} | changed
    return settle_split(YEAR, position=position, outcome=outcome, tier=tier, **values)  # type: ignore[arg-type]


def split() -> None:
    recommend(OFFICE, ("SEN", "3"))
    recommend(BUREAU, ("SEN", "2WL"))


def test_two_that_agree_are_no_split_and_both_rationales_are_kept(spring: Story) -> None:
    recommend(OFFICE, ("SEN", "2WL"))
    report = recommend(BUREAU, ("Senegal", "2WL"))

    shown = read_country(YEAR, "SEN", at=RECOMMENDED)
    assert report.lines == ("SEN: bureau recommends Tier 2 Watch List",)
    assert (shown["standing"], shown["because"]) == ("agreed", "both recommend Tier 2 Watch List")
    assert (shown["office"]["position"], shown["bureau"]["position"]) == (OFFICE, BUREAU)
    assert levels() == []


def test_a_split_opens_at_the_working_level_and_its_holder_is_asked_at_once(spring: Story) -> None:
    recommend(OFFICE, ("SEN", "3"))
    report = recommend(BUREAU, ("SEN", "2WL"))

    assert report.splits == 1
    assert report.lines[-1] == "SEN: a split: working level, held by gtip.director, to be settled by 2010-04-27"
    assert levels() == [("working", "gtip.director", None, "")]
    with Store.read(settings().ledger_url) as store:
        owed = store.obligations.get("obligation:2010:settle-split:SEN.1")
    assert (owed.owner, owed.country, owed.planned_on) == ("gtip.director", "SEN", date(2010, 4, 27))


def test_a_split_is_raised_to_the_secretary_and_its_history_is_unbroken(spring: Story) -> None:
    split()
    settle("gtip.director", "raised", None, at=utc("2010-04-22 15:00"))
    settle("g.principal", "raised", None, at=utc("2010-04-26 15:00"))
    lines = settle("s.principal")

    assert lines == ["SEN: settled by s.principal with Tier 2 Watch List"]
    assert levels() == [
        ("working", "gtip.director", "raised", "gtip.director"),
        ("under-secretary", "g.principal", "raised", "g.principal"),
        ("secretary", "s.principal", "settled", "s.principal"),
    ]
    with Store.read(settings().ledger_url) as store:
        history = store.tiers.levels(YEAR, "SEN")
        owed = [store.obligations.get(f"obligation:2010:settle-split:SEN.{number}") for number in (1, 2, 3)]
    assert [one.decided_at for one in history[:-1]] == [one.opened_at for one in history[1:]]
    assert {one.standing for one in owed} == {"received"}
    assert next(iter(spring.notices("settle-split:SEN.1").values())) == ("cancelled", "answered")


@pytest.mark.parametrize(
    ("position", "decision", "reason"),
    [
        pytest.param(
            "af.bureau", ("settled", "2WL", "Made up."), "held by gtip.director; af.bureau does not", id="who"
        ),
        pytest.param("gtip.director", ("settled", None, "Made up."), "settled with a tier; name it", id="no tier"),
        pytest.param("gtip.director", ("settled", "2WL", " "), "for a reason; give one", id="no note"),
        pytest.param("gtip.director", ("raised", "2", "Made up."), "raised without a tier", id="a tier when raised"),
        pytest.param("nobody.here", ("settled", "2", "Made up."), "is not a position", id="nobody"),
    ],
)
def test_a_split_is_not_decided(
    spring: Story, position: str, decision: tuple[str, str | None, str], reason: str
) -> None:
    outcome, tier, note = decision
    split()

    with pytest.raises(StoreError, match=reason):
        settle(position, outcome, tier, note=note)
    assert levels() == [("working", "gtip.director", None, "")]


def test_the_last_level_cannot_raise_and_what_was_settled_is_not_settled_twice(spring: Story) -> None:
    split()
    settle("gtip.director", "raised", None)
    settle("g.principal", "raised", None)

    with pytest.raises(StoreError, match=r"last level and cannot raise"):
        settle("s.principal", "raised", None)
    settle("s.principal")
    with pytest.raises(StoreError, match=r"no split is open: a split, settled by s.principal on 2010-04-28"):
        settle("s.principal", tier="3")


def test_of_two_who_settle_at_once_one_wins_and_the_other_is_told(spring: Story) -> None:
    split()

    def attempt(tier: str) -> str:
        try:
            return settle("gtip.director", tier=tier)[0]
        except StoreError as error:
            return str(error)

    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(attempt, ["2", "2WL"]))

    assert sum("settled by gtip.director with" in one for one in told) == 1
    assert sum("no split is open: a split, settled by gtip.director on 2010-04-28" in one for one in told) == 1


def test_both_that_come_to_agree_end_the_split_and_nobody_is_reminded_any_more(spring: Story) -> None:
    split()
    report = recommend(OFFICE, ("SEN", "2WL"), at=SETTLED)
    spring.tick(utc("2010-05-20 15:00"))

    assert report.lines == (
        "SEN: office recommends Tier 2 Watch List, instead of Tier 3",
        "SEN: the split ends: both now recommend Tier 2 Watch List",
    )
    assert levels() == [("working", "gtip.director", "withdrawn", OFFICE)]
    (listed,) = read_tiers(YEAR, which="splits", at=SETTLED)
    assert listed["withdrawn"] == "a split, withdrawn on 2010-04-28: both now recommend Tier 2 Watch List"
    assert read_country(YEAR, "SEN", at=SETTLED)["standing"] == "agreed"
    with Store.read(settings().ledger_url) as store:
        owed = store.obligations.get("obligation:2010:settle-split:SEN.1")
    assert (owed.standing, owed.reason) == ("waived", "both now recommend Tier 2 Watch List")
    assert not [key for key in spring.sent() if "gtip.director" in key and ":slack:" in key]


def test_a_changed_mind_after_settling_opens_the_split_again_where_it_was_settled(spring: Story) -> None:
    split()
    settle("gtip.director")
    recommend(OFFICE, ("SEN", "3"), rationale="Made up, with other words.", at=SETTLED)
    still = read_country(YEAR, "SEN", at=SETTLED)["standing"]
    recommend(BUREAU, ("SEN", "2"), at=SETTLED)

    assert still == "settled"
    assert [one[:3] for one in levels()] == [
        ("working", "gtip.director", "settled"),
        ("working", "gtip.director", None),
    ]
    recommend(BUREAU, ("SEN", "3"), at=SETTLED)
    assert read_country(YEAR, "SEN", at=SETTLED)["because"] == "both recommend Tier 3"


def test_whoever_stands_in_for_the_holder_decides_in_its_name(spring: Story) -> None:
    split()
    delegate(
        YEAR,
        position="gtip.director",
        to="gtip.alternate",
        from_on=date(2010, 4, 26),
        until_on=date(2010, 4, 30),
        reason="leave (made up)",
        approver="gtip.director",
        at=RECOMMENDED,
        preview=False,
    )
    with pytest.raises(StoreError, match=r"gtip.alternate does not decide it"):
        settle("gtip.alternate", at=utc("2010-04-25 15:00"))

    lines = settle("gtip.alternate", at=utc("2010-04-26 15:00"))

    assert lines == ["SEN: settled by gtip.alternate for gtip.director with Tier 2 Watch List"]
    with Store.read(settings().ledger_url) as store:
        (level,) = store.tiers.levels(YEAR, "SEN")
    assert (level.decided_by, level.acting) == ("gtip.director", "gtip.alternate")


def test_whoever_holds_the_split_is_reminded_before_and_after_its_day(spring: Story) -> None:
    split()
    spring.tick_every(4, utc("2010-04-20 16:00"), utc("2010-05-06 16:00"))

    mails = [message_from_bytes(path.read_bytes(), policy=default) for path in (spring.folder / "mails").rglob("*.eml")]
    texts = [part.get_content() for mail in mails if (part := mail.get_body(("plain",)))]
    assert sum("Senegal (SEN): office Tier 3, bureau Tier 2 Watch List, due 27 Apr" in text for text in texts) >= 3
    told = {one: state for one, (state, _) in spring.notices("settle-split:SEN.1").items()}
    assert told == {
        (-6, "gtip.director"): "sent",
        (-2, "gtip.director"): "sent",
        (1, "gtip.director"): "sent",
        (3, "gtip.director"): "sent",
        (3, "gtip.action-officer"): "sent",
        (5, "gtip.director"): "sent",
    }


def test_the_holder_of_several_splits_reads_a_line_a_country_and_slack_reads_their_number(spring: Story) -> None:
    recommend(OFFICE, ("SEN", "3"), ("MLI", "2"))
    recommend(BUREAU, ("SEN", "2WL"), ("MLI", "2WL"))
    spring.tick_hourly(utc("2010-04-20 16:00"), utc("2010-04-21 16:00"))

    with Store.read(settings().ledger_url) as store:
        mine = [one for one in store.messages.of_cycle(YEAR) if one.position == "gtip.director"]
    (mail,) = [one for one in mine if "2 splits over a tier" in one.body]
    assert mail.body.startswith("SENSITIVE BUT UNCLASSIFIED\n")
    assert "   Mali (MLI): office Tier 2, bureau Tier 2 Watch List, due 27 Apr\n" in mail.body
    assert "   Senegal (SEN): office Tier 3, bureau Tier 2 Watch List, due 27 Apr\n" in mail.body
    assert mail.body.count("tipcycle place settle") == 1
    spring.tick_every(4, utc("2010-04-28 12:00"), utc("2010-05-06 16:00"))
    with Store.read(settings().ledger_url) as store:
        told = [one.body for one in store.messages.of_cycle(YEAR) if one.channel == "slack"]
    about_splits = [line for body in told for line in body.splitlines() if "settle-split" in line]
    assert about_splits
    assert not [line for line in about_splits if "SEN" in line or "MLI" in line or "2 waiting" not in line]


def test_when_a_split_is_raised_its_new_holder_is_reminded_and_the_old_one_no_more(spring: Story) -> None:
    split()
    settle("gtip.director", "raised", None, at=utc("2010-04-21 15:00"))
    spring.tick_every(4, utc("2010-04-21 16:00"), utc("2010-05-06 16:00"))

    assert {state for state, _ in spring.notices("settle-split:SEN.1").values()} == {"cancelled"}
    told = {rung for rung, (state, _) in spring.notices("settle-split:SEN.2").items() if state == "sent"}
    assert told >= {(-2, "g.principal"), (1, "g.principal"), (3, "g.principal"), (5, "gtip.director")}


@pytest.mark.parametrize(
    ("position", "country", "changed", "reason"),
    [
        pytest.param("eur.bureau", "SEN", {}, "may not recommend a tier for it; that is for .* or af.bureau", id="who"),
        pytest.param("dakar.action-officer", "SEN", {}, "may not recommend", id="a post"),
        pytest.param(OFFICE, "SEN", {"rationale": " "}, "give the rationale", id="no rationale"),
        pytest.param(OFFICE, "SEN", {"standards": []}, "name at least one", id="no standards"),
        pytest.param(OFFICE, "SEN", {"standards": ["4.12"]}, "4.12: no minimum standard .* 4.1 to 4.11", id="unknown"),
        pytest.param(OFFICE, "Senegall", {}, "no country", id="no such country"),
    ],
)
def test_a_recommendation_is_refused_with_its_reason(
    spring: Story, position: str, country: str, changed: dict[str, Any], reason: str
) -> None:
    with pytest.raises(TipcycleError, match=reason):
        recommend(position, (country, "2"), **changed)


def test_of_many_all_faults_are_told_and_nothing_is_recorded(spring: Story) -> None:
    with pytest.raises(StoreError) as refused:
        recommend(BUREAU, ("SEN", "2"), ("AZE", "2"), ("SEN", "3"), ("MLI", "2"))

    assert [line[:3] for line in str(refused.value).splitlines()] == ["AZE", "SEN"]
    assert [one for one in read_tiers(YEAR, at=RECOMMENDED) if one["bureau"]] == []


def test_a_preview_records_nothing_and_the_same_again_is_told_so(spring: Story) -> None:
    form = RecommendationForm(country="SEN", tier="2WL", rationale="Made up.", standards=["4.1"])
    preview = record_recommendations(YEAR, position=OFFICE, recommendations=[form], at=RECOMMENDED, preview=True)
    nothing = read_country(YEAR, "SEN", at=RECOMMENDED)["office"]
    recommend(OFFICE, ("SEN", "2WL"))
    again = recommend(OFFICE, ("SEN", "2WL"))

    assert (preview.done, preview.recorded, nothing) == (False, 1, None)
    assert (again.recorded, again.lines) == (0, ("SEN: office recommends that already",))


def test_tiers_are_recommended_only_between_the_drafts_and_the_release(spring: Story) -> None:
    stand_done("report-release", utc("2010-06-14 15:00"))

    with pytest.raises(StoreError, match=r"the Report is out; .* in config/placements/corrections\.csv"):
        recommend(OFFICE, ("SEN", "2"), at=utc("2010-06-15 15:00"))


def test_after_the_placement_a_recommendation_waits_until_the_placement_is_opened_again(spring: Story) -> None:
    recommend(OFFICE, ("SEN", "2WL"))
    recommend(BUREAU, ("SEN", "2WL"))
    place("g.principal", ("SEN", "2WL"))

    with pytest.raises(StoreError, match=r"was placed already, by g.principal on 2010-05-14"):
        recommend(BUREAU, ("SEN", "2"), at=utc("2010-05-15 15:00"))
    with pytest.raises(StoreError, match=r"only g.principal or s.principal may open"):
        reopen_placement(YEAR, country="SEN", position=BUREAU, reason="made up", at=utc("2010-05-15 15:00"))
    reopen_placement(YEAR, country="SEN", position="s.principal", reason="made up", at=utc("2010-05-15 15:00"))
    report = recommend(BUREAU, ("SEN", "2"), at=utc("2010-05-15 15:00"))

    assert report.splits == 1
    assert read_country(YEAR, "SEN", at=SETTLED)["placement"] is None


def test_a_country_without_a_regional_bureau_needs_the_office_alone(spring: Story) -> None:
    recommend(OFFICE, ("USA", "1"))

    assert read_country(YEAR, "USA", at=RECOMMENDED)["standing"] == "agreed"


def test_the_list_of_splits_says_who_holds_each(spring: Story) -> None:
    split()
    recommend(OFFICE, ("AZE", "2WL"))

    (line,) = read_tiers(YEAR, which="splits", at=RECOMMENDED)
    assert (line["iso3"], line["office"], line["bureau"], line["holder"]) == ("SEN", "3", "2WL", "gtip.director")

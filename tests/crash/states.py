"""The beginnings of the crash sweep: a small cycle at the points of the year from which its operations start.

Seven countries stand on the list, so that a kill and what follows take a fraction of a second. All of it is made up.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tests.assessments import clear_interim, draft_interim
from tests.operations.spring import open_until_spring, place, recommend
from tests.operations.test_bounces import came_back
from tests.smoke.story import YEAR, Story, progress_report, utc
from tests.steps import stand_done
from tipcycle.model.token import Grant, write_token
from tipcycle.operations.answer_by_link import answer_by_link
from tipcycle.operations.assemble_interim_assessment import record_draft, write_chapters
from tipcycle.operations.clear_documents import clear_documents
from tipcycle.operations.close_cycle import close_cycle
from tipcycle.operations.context import context
from tipcycle.operations.deliver import deliver
from tipcycle.operations.hold import hold
from tipcycle.operations.import_chapter import import_chapter
from tipcycle.operations.open_cycle import open_cycle
from tipcycle.operations.plan_messages import plan_messages
from tipcycle.operations.release_document import release_document
from tipcycle.operations.send_action_requests import send_action_requests
from tipcycle.settings import settings
from tipcycle.store import Store

KEPT = ("AZE", "EGY", "GNB", "MLI", "RUS", "SEN", "YEM")
DIRECTOR, OFFICE = "gtip.director", "gtip.action-officer"
AZE = f"obligation:{YEAR}:progress-report:AZE"
BAKU_MORNING, REMINDED, OVERDUE = utc("2009-10-16 06:00"), utc("2009-10-16 14:00"), utc("2009-11-24 15:00")
DRAFTED, RELEASED = utc("2009-12-18 12:00"), utc("2010-06-16 15:00")
FIGURE = {
    "category": "convictions",
    "period": {"from": "2008-01-01", "to": "2008-12-31"},
    "status": "provided",
    "total": 7,
    "basis": "explicit offence",
    "offence": "Criminal Code, article on trafficking (made up)",
    "source": "Supreme Court (made up)",
}


def new(_: Story) -> None:
    """An empty ledger."""


def opened(_: Story) -> None:
    """The list is recorded; of its countries a few are kept."""
    open_cycle(YEAR, utc("2009-08-31 12:00"))
    open_cycle(YEAR, utc("2009-09-14 12:00"))
    _keep_a_few()


def cleared(cycle: Story) -> None:
    """Every action request may go out."""
    clear_documents(YEAR, decision="cleared", position=DIRECTOR, at=utc("2009-09-18 12:00"), preview=False)


def to_ask(cycle: Story) -> None:
    """The office was told that its requests are due."""
    cycle.tick(utc("2009-09-21 13:55"))


def winter(cycle: Story) -> None:
    """The office was told that its instructions are due."""
    cycle.tick(utc("2009-12-14 13:55"))


def asked(cycle: Story) -> None:
    """Every action request is out and every demarche reported; nothing was ticked."""
    asyncio.run(send_action_requests(YEAR, KEPT, utc("2009-09-21 14:00")))
    at = utc("2009-10-05 12:00")
    config = context(YEAR).config
    for iso3 in KEPT:
        post = config.post_for(iso3)
        delivered = {"delivered_on": "2009-10-01", "level": "minister", "officials": ["Made up"], "reaction": "None."}
        form = progress_report(iso3, post.name, step="demarche", demarche=delivered, items=[])
        cycle.drop(f"{iso3}.yaml", form | {"submitted_by": f"{post.id}.action-officer"})
    refused = [one.line for one in cycle.take_in(at) if one.outcome != "accepted"]
    if refused:
        raise AssertionError(refused)
    cycle.deliver_receipts(at)


def reminded(cycle: Story) -> None:
    """The first reminder is out, in Baku's morning and in the others' hours."""
    cycle.tick(BAKU_MORNING)
    cycle.tick(REMINDED)


def overdue(cycle: Story) -> None:
    """Nobody answered; the bureaus are about to hear of it."""
    for day in ("2009-11-02", "2009-11-09", "2009-11-13", "2009-11-17", "2009-11-19"):
        cycle.tick(utc(f"{day} 15:00"))


def unknown(cycle: Story) -> None:
    """A sender died with one courtesy message in its hands."""
    plan = plan_messages(REMINDED)
    with Store.begin(settings().ledger_url) as store:
        store.messages.claim(
            plan.batches[0][:1], owner="elsewhere:1:test", until_clock=datetime(2009, 1, 1, tzinfo=UTC), honours_key=()
        )
    asyncio.run(deliver(plan.batches[0][1:], REMINDED))
    cycle.tick(REMINDED + timedelta(minutes=5))


def refused(cycle: Story) -> None:
    """The mailbox of one position does not exist."""
    cycle.mailbox.refused.add("baku.action-officer@posts.example")
    cycle.tick(BAKU_MORNING)
    cycle.mailbox.refused.clear()


def bounced(cycle: Story) -> None:
    """A mail came back and waits to be read."""
    with Store.read(settings().ledger_url) as store:
        message = store.messages.find(f"message:{YEAR}:baku.action-officer:email:2009-10-16:1")
    if message is None:
        raise AssertionError("Baku was not reminded")
    settings().bounces.mkdir(parents=True)
    (settings().bounces / "bounce.eml").write_bytes(came_back(message.message_id))


def dropped(cycle: Story) -> None:
    """A report waits in the inbox, and one that will be refused."""
    cycle.drop("AZE.yaml", progress_report("AZE", "Baku"))
    cycle.drop("SEN.yaml", progress_report("SEN", "Dakar", statistics=[FIGURE]))


def linked(answer: str, **fields: str) -> object:
    """Let Baku answer through its link."""
    grant = Grant("answer", AZE, "baku.action-officer", utc("2009-12-24 12:00"))
    token = write_token(grant, settings().signing_secret)
    return answer_by_link(token, {"answer": answer} | fields, at=utc("2009-10-27 09:00"))


def wrong_office(cycle: Story) -> None:
    """Baku says that another office would have to answer."""
    linked("wrong_office", note="Ask the consulate (made up).")


def held(cycle: Story) -> None:
    """Nothing goes to Baku."""
    hold_baku(utc("2009-10-14 12:00"))


def hold_baku(at: datetime) -> str:
    """Hold what goes to Baku."""
    until = date(2009, 11, 10)
    return hold(YEAR, scope="post", name="Baku", until_on=until, reason="made up", approver=DIRECTOR, at=at)


def reported(cycle: Story) -> None:
    """Azerbaijan answered."""
    cycle.drop("AZE.yaml", progress_report("AZE", "Baku", items=_items("AZE")))
    cycle.take_in(utc("2009-11-10 09:00"))


def written(cycle: Story) -> None:
    """The chapters are written, but not said to be the draft."""
    write_chapters(YEAR, KEPT, DRAFTED)


def drafted(cycle: Story) -> None:
    """The interim draft is made, and an officer edited a chapter."""
    record_draft(YEAR, DRAFTED)
    lines = chapter_file().read_text(encoding="utf-8").split("\n")
    lines[lines.index("<!-- @ item.HP1.reported -->") + 1] = "Edited (made up)."
    chapter_file().write_text("\n".join(lines), encoding="utf-8")


def stale(cycle: Story) -> None:
    """What the officer wrote was overtaken by a new report."""
    import_chapter(chapter_file(), position=OFFICE, at=DRAFTED, preview=False)
    items = [one | {"narrative": "Made up anew."} for one in _items("AZE")]
    cycle.drop("AZE.yaml", progress_report("AZE", "Baku", items=items))
    cycle.take_in(utc("2009-12-20 12:00"))


def chapter_file() -> Path:
    """Azerbaijan's chapter of the interim assessment."""
    return context(YEAR).documents / "interim-assessment" / "AZE.md"


def to_release(cycle: Story) -> None:
    """Everybody cleared the interim assessment."""
    draft_interim(utc("2010-01-04 15:00"))
    clear_interim(utc("2010-01-28 15:00"))


def spring(_: Story) -> None:
    """Tiers are to be recommended."""
    open_until_spring()
    _keep_a_few()


def recommended(cycle: Story) -> None:
    """Office and bureau agree on Eritrea and differ on Mali."""
    recommend(OFFICE, ("ERI", "3"), ("MLI", "2"))
    recommend("af.bureau", ("ERI", "3"), ("MLI", "2WL"))


def placed(cycle: Story) -> None:
    """Eritrea is placed."""
    place("g.principal", ("ERI", "3"))


def out(cycle: Story) -> None:
    """The Report is out."""
    stand_done("report-release", RELEASED)


def closed(cycle: Story) -> None:
    """The cycle is closed."""
    sign_the_end()


def sign_the_end() -> object:
    """Close the cycle under the signature of what it is shown."""
    at = utc("2010-07-01 12:00")
    shown = close_cycle(YEAR, position=DIRECTOR, at=at)
    return close_cycle(YEAR, position=DIRECTOR, signed=shown.hash, at=at)


def release_interim() -> object:
    """Release the interim assessment."""
    at = utc("2010-01-29 15:00")
    return release_document(YEAR, document="interim-assessment", position=DIRECTOR, at=at, preview=False)


# Each beginning with the one that it goes on from.
STATES: dict[str, tuple[str, Callable[[Story], None]]] = {
    "new": ("", new),
    "opened": ("", opened),
    "cleared": ("opened", cleared),
    "to_ask": ("cleared", to_ask),
    "winter": ("opened", winter),
    "asked": ("cleared", asked),
    "reminded": ("asked", reminded),
    "overdue": ("reminded", overdue),
    "unknown": ("asked", unknown),
    "refused": ("asked", refused),
    "bounced": ("reminded", bounced),
    "dropped": ("reminded", dropped),
    "wrong_office": ("reminded", wrong_office),
    "held": ("asked", held),
    "reported": ("asked", reported),
    "written": ("reported", written),
    "drafted": ("written", drafted),
    "stale": ("drafted", stale),
    "to_release": ("asked", to_release),
    "spring": ("", spring),
    "recommended": ("spring", recommended),
    "placed": ("recommended", placed),
    "out": ("placed", out),
    "closed": ("out", closed),
}


def _items(iso3: str) -> list[dict[str, str]]:
    plan = context(YEAR).config.plans[iso3]
    return [{"id": one.id, "status": "begun", "narrative": "Made up."} for one in plan.recommendations]


def _keep_a_few() -> None:
    """Take the other countries out, as if they had never been on the list."""
    kept = ", ".join(f"'{iso3}'" for iso3 in (*KEPT, "ERI"))
    with Store.begin(settings().ledger_url) as store:
        run = store.connection.exec_driver_sql
        others = f"(select key from obligations where country not in ({kept}))"
        for table in ("notices", "skipped_rungs"):
            run(f"delete from {table} where obligation in {others}")
        run(f"delete from obligations where country not in ({kept})")
        run(f"delete from listed where iso3 not in ({kept})")

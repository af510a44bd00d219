"""A backup is put back whole, and what went out since is not sent again without asking."""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.databases import on_both_databases
from tests.smoke.story import YEAR, Story, progress_report, utc
from tipcycle.cli import main
from tipcycle.errors import ConfigError, StoreError
from tipcycle.operations.back_up import back_up, sums_of
from tipcycle.operations.read_status import read_status
from tipcycle.operations.reconcile_deliveries import Reconciled, reconcile_deliveries
from tipcycle.operations.restore import restore
from tipcycle.operations.verify_ledger import verify_ledger
from tipcycle.settings import settings
from tipcycle.store import Store
from tipcycle.store.store import forget

WRITTEN, SENT, NEXT, BACK = (
    utc("2009-10-15 18:00"),
    utc("2009-10-16 14:00"),
    utc("2009-10-19 14:00"),
    utc("2009-10-19 12:00"),
)
DIRECTOR = "gtip.director"


def put_back(folder: Path) -> Reconciled:
    restore(folder, preview=False)
    return reconcile_deliveries(by=DIRECTOR, at=BACK)


def states() -> dict[str, str]:
    with Store.read(settings().ledger_url) as store:
        return {one.key: one.state for one in store.notices.of_cycle(YEAR)}


@on_both_databases
def test_what_went_out_since_the_backup_counts_as_sent_and_does_not_go_again(asked: Story, tmp_path: Path) -> None:
    back_up(tmp_path / "backup", WRITTEN)
    asked.tick(SENT)
    after, went = states(), Counter(asked.sent())
    assert len(went) > 20

    found = put_back(tmp_path / "backup")

    assert (set(found.proved) >= set(went), found.unproved, found.strangers, found.held) == (True, (), (), ())
    assert states() == after
    asked.tick(NEXT)
    assert {key: asked.sent()[key] for key in went} == went, "none of them went again, under no other key either"
    sent = [n for n in after if after[n] == "sent"]
    assert [states()[key] for key in sent] == ["sent"] * len(sent)
    assert verify_ledger() == []
    assert reconcile_deliveries(by=DIRECTOR, at=NEXT) == Reconciled((), (), (), ())


def test_what_nothing_proves_is_unknown_and_waits_for_a_person(asked: Story, tmp_path: Path) -> None:
    back_up(tmp_path / "backup", WRITTEN)
    asked.tick(SENT)
    lines = settings().deliveries.read_text(encoding="utf-8").splitlines()
    lost = next(line for line in lines if "baku" not in line and ":email:2009-10-16" in line)
    settings().deliveries.write_text("".join(f"{line}\n" for line in lines if line != lost), encoding="utf-8")

    found = put_back(tmp_path / "backup")
    asked.tick(NEXT)

    key = json.loads(lost)["key"]
    assert found.unproved == (key,)
    assert [one["message"] for one in read_status(YEAR)["unknown_messages"]] == [key]
    assert asked.sent()[key] == 1


def test_what_the_ledger_cannot_come_to_stops_all_sending_until_a_person_looked(asked: Story, tmp_path: Path) -> None:
    back_up(tmp_path / "backup", WRITTEN)
    asked.drop("AZE.yaml", progress_report("AZE", "Baku"))
    asked.take_in(SENT)
    asked.tick(SENT)
    before = Counter(asked.mailbox.accepted)

    found = put_back(tmp_path / "backup")
    report = asked.tick(NEXT)

    assert len(found.strangers) == 1
    assert ":receipt:" in found.strangers[0]
    assert found.held == (f"hold 1 on everything of cycle {YEAR}",)
    assert (asked.mailbox.accepted, report.delivery.outcomes) == (before, Counter())
    assert (asked.folder / "taken-in" / "accepted").is_dir(), "the file itself is still there, to be taken in again"


def test_on_a_clean_machine_nothing_is_lost_and_it_takes_no_five_minutes(asked: Story, tmp_path: Path) -> None:
    asked.drop("AZE.yaml", progress_report("AZE", "Baku"))
    asked.take_in(SENT)
    asked.tick(SENT)
    release = settings().var_dir / "releases" / "2010" / "v1"
    release.mkdir(parents=True)
    (release / "made-up.pdf").write_bytes(b"made up")
    back_up(tmp_path / "backup", SENT)
    started = time.monotonic()
    os.environ["TIPCYCLE_VAR_DIR"] = str(tmp_path / "clean")
    try:
        shown = restore(tmp_path / "backup", preview=False)
        assert reconcile_deliveries(by=DIRECTOR, at=BACK) == Reconciled((), (), (), ())
        assert (shown.overwrites, verify_ledger()) == (False, [])
        back_up(tmp_path / "again", SENT)
    finally:
        forget(settings().ledger_url)
        os.environ["TIPCYCLE_VAR_DIR"] = str(asked.folder)

    first, second = sums_of(tmp_path / "backup"), sums_of(tmp_path / "again")
    turn = "ledger/ledger.jsonl"
    assert {**first, turn: ""} == {**second, turn: ""}
    assert {"var/releases/2010/v1/made-up.pdf", "var/deliveries.jsonl", "ledger/acts.jsonl"} <= first.keys()
    assert time.monotonic() - started < 300


def test_a_ledger_is_overwritten_only_after_it_was_shown(
    asked: Story, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("restore", str(tmp_path / "backup"), "--by", DIRECTOR)
    assert main(["export", "--whole", "--out", str(tmp_path / "backup")]) == 0
    asked.tick(SENT)
    with Store.read(settings().ledger_url) as store:
        acts = store.acts.last_number()

    assert main(words) == 1
    with Store.read(settings().ledger_url) as store:
        assert store.acts.last_number() == acts
    assert main([*words, "--yes"]) == 0

    told = capsys.readouterr().out
    assert f"takes the place of a ledger with {acts} acts and the cycles 2010\nnothing was done" in told
    assert "30 messages went out after the backup: counted as sent" in told


def test_a_seal_of_what_was_lost_names_it_and_then_makes_way_for_another(
    asked: Story, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = Path(str(settings().ledger_url).removeprefix("sqlite:///"))
    with Store.begin(settings().ledger_url):
        kept = ledger.read_bytes()
    asked.tick(SENT)
    assert main(["verify", "--seal"]) == 0
    forget(settings().ledger_url)
    for beside in ledger.parent.glob(f"{ledger.name}-*"):
        beside.unlink()
    ledger.write_bytes(kept)

    assert main(["verify"]) == 1
    assert "the ledger is older than its seal" in capsys.readouterr().out
    assert main(["restore", "--by", DIRECTOR, "--at", BACK.isoformat()]) == 0

    assert f"lies in {settings().var_dir / 'seal.json.before-restore'} now" in capsys.readouterr().out
    assert main(["verify", "--seal"]) == 0


def test_a_backup_that_was_changed_or_is_none_is_refused(asked: Story, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is no backup"):
        restore(tmp_path, preview=True)
    back_up(tmp_path / "backup", WRITTEN)
    with pytest.raises(ConfigError, match="is no empty folder"):
        back_up(tmp_path / "backup", WRITTEN)
    acts = tmp_path / "backup" / "ledger" / "acts.jsonl"
    acts.write_text(acts.read_text(encoding="utf-8").replace("tipcycle", "somebody", 1), encoding="utf-8")
    with pytest.raises(StoreError, match=r"was changed after it was written: ledger/acts\.jsonl"):
        restore(tmp_path / "backup", preview=False)
    manifest = json.loads((tmp_path / "backup" / "BACKUP.json").read_text(encoding="utf-8"))
    (tmp_path / "backup" / "BACKUP.json").write_text(json.dumps(manifest | {"schema": "0001"}), encoding="utf-8")
    with pytest.raises(StoreError, match=r"is of schema 0001, this program's is"):
        restore(tmp_path / "backup", preview=False)

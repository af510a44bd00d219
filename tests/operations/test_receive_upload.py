"""An upload lies in the inbox whole, once, under a name of ours, and its sender can ask what became of it."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
import yaml

from tests.databases import on_both_databases
from tests.smoke.story import YEAR, Story, progress_report, utc
from tipcycle.errors import StoreError
from tipcycle.intake.part_file import PartFile, sweep_parts
from tipcycle.model.upload import Upload
from tipcycle.operations.receive_upload import keep_upload, read_upload
from tipcycle.settings import settings

pytestmark = on_both_databases

AZE = f"obligation:{YEAR}:progress-report:AZE"
LVA = f"obligation:{YEAR}:progress-report:LVA"
ON_TIME = utc("2009-11-10 09:00")
FORM = (yaml.safe_dump(progress_report("AZE", "Baku")) + "...\n").encode()


def uploaded(content: bytes = FORM, *, obligation: str = AZE) -> Upload:
    with PartFile(settings().inbox) as part:
        part.write(content)
        part.finish()
        return keep_upload(part, "yaml", obligation=obligation, at=ON_TIME)


def found(upload: Upload) -> Upload:
    now = read_upload(upload.id, obligation=upload.obligation)
    assert now
    return now


def test_an_upload_waits_and_is_then_accepted(asked: Story) -> None:
    upload = uploaded()
    assert found(upload).state == "waiting"
    assert [path.name for path in settings().inbox.iterdir()] == [f"upload-AZE-{upload.id}.yaml"]

    asked.take_in(ON_TIME)

    assert (found(upload).state, found(upload).decided_at) == ("accepted", ON_TIME)
    assert (asked.folder / "taken-in" / "accepted" / upload.file_name).read_bytes() == FORM


def test_the_same_file_again_is_said_to_be_identical_once_the_first_was_decided(asked: Story) -> None:
    uploaded()
    asked.take_in(ON_TIME)
    again = uploaded()

    asked.take_in(ON_TIME)

    assert found(again).state == "identical"


def test_a_refused_upload_tells_its_findings(asked: Story) -> None:
    upload = uploaded(FORM[:-10])

    asked.take_in(ON_TIME)

    assert found(upload).state == "refused"
    assert [finding.code for finding in found(upload).findings] == ["file.truncated"]


def test_a_file_for_another_obligation_than_its_token_s_is_refused_and_counts_for_neither(asked: Story) -> None:
    upload = uploaded(obligation=LVA)

    (taken,) = asked.take_in(ON_TIME)

    assert [finding.code for finding in taken.findings] == ["obligation.wrong_token"]
    assert found(upload).state == "refused"
    assert {state for state, _ in asked.notices("progress-report:AZE").values()} == {"owed"}
    asked.tick(utc("2009-11-10 10:00"))
    assert not [key for key in asked.mailbox.accepted if "refusal" in key], "a stranger to this file is told nothing"


def test_the_same_bytes_uploaded_at_the_same_instant_are_one_file(asked: Story) -> None:
    with ThreadPoolExecutor(8) as pool:
        uploads = {upload.id for upload in pool.map(lambda _: uploaded(), range(8))}

    assert len(uploads) == 1
    assert len(list(settings().inbox.iterdir())) == 1


def test_different_files_uploaded_at_the_same_instant_are_all_kept(asked: Story) -> None:
    with ThreadPoolExecutor(8) as pool:
        uploads = list(pool.map(lambda n: uploaded(FORM + f"# {n}\n".encode()), range(8)))

    assert len({upload.id for upload in uploads}) == 8
    assert {path.name for path in settings().inbox.iterdir()} == {upload.file_name for upload in uploads}


def test_an_upload_is_nobody_else_s_business(asked: Story) -> None:
    assert read_upload(uploaded().id, obligation=LVA) is None


def test_an_upload_for_something_that_nobody_owes_leaves_nothing(asked: Story) -> None:
    with pytest.raises(StoreError, match="nothing of that name is owed"):
        uploaded(obligation="obligation:1999:progress-report:AZE")

    assert not list(settings().inbox.iterdir())


def test_what_a_killed_process_left_is_never_taken_in_and_swept_once_it_is_old(asked: Story) -> None:
    part = PartFile(settings().inbox)
    part.path.write_bytes(FORM[:50])
    assert asked.take_in(ON_TIME) == []
    assert sweep_parts(settings().inbox, older_than_seconds=600) == 0

    os.utime(part.path, (0, 0))

    assert sweep_parts(settings().inbox, older_than_seconds=600) == 1
    assert not list(settings().inbox.iterdir())

"""One file by hand: whatever is typed, it is taken in through the gate or refused with a plain sentence."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
import yaml

from tests.smoke.story import YEAR, Story, progress_report, utc
from tipcycle.cli import main
from tipcycle.intake.part_file import PartFile
from tipcycle.operations.receive_upload import keep_upload
from tipcycle.operations.take_in_by_hand import ByHand, take_in_by_hand
from tipcycle.operations.take_in_one import MOST_PASTED_BYTES
from tipcycle.settings import settings
from tipcycle.store import Store

AZE = f"obligation:{YEAR}:progress-report:AZE"
LATE = utc("2009-11-17 09:00")
FORM = yaml.safe_dump(progress_report("AZE", "Baku")) + "...\n"


def by_hand(given: dict[str, str], *, preview: bool = False, post: str = "") -> ByHand:
    return take_in_by_hand(
        upload=given.get("upload", ""),
        inbox_file=given.get("inbox_file", ""),
        pasted_text=given.get("pasted_text", ""),
        preview=preview,
        post=post,
        at=LATE,
    )


def uploaded() -> str:
    with PartFile(settings().inbox) as part:
        part.write(FORM.encode())
        part.finish()
        return keep_upload(part, "yaml", obligation=AZE, at=LATE).id


def standing() -> str:
    with Store.read(settings().ledger_url) as store:
        return store.obligations.get(AZE).standing


def test_an_upload_is_taken_in_by_its_id(asked: Story) -> None:
    upload = uploaded()

    told = by_hand({"upload": f" {upload}\n"})

    assert told.line == f"progress-report AZE: upload-AZE-{upload}.yaml: accepted late (item.unanswered)"
    assert told.problems == ()
    assert standing() == "received"


@pytest.mark.parametrize("preview", [False, True])
def test_the_answer_of_another_post_than_was_chosen_is_left_where_it_is(asked: Story, preview: bool) -> None:
    asked.drop("AZE.yaml", FORM.encode())

    told = by_hand({"inbox_file": "AZE.yaml"}, post="dakar", preview=preview)

    assert told.line == "nothing was taken in"
    assert told.problems[0].startswith('post: this is the answer of "Baku" for AZE, not of "dakar"; ')
    assert standing() == "missing"
    assert by_hand({"inbox_file": "AZE.yaml"}, post="baku").line.startswith("progress-report AZE: AZE.yaml: accepted")


def test_a_file_of_the_inbox_is_taken_in_by_its_name_and_the_others_wait_on(asked: Story) -> None:
    asked.drop("AZE.yaml", FORM.encode())
    asked.drop("other.yaml", FORM.encode())

    assert by_hand({"inbox_file": "AZE.yaml"}).line == "progress-report AZE: AZE.yaml: accepted late (item.unanswered)"
    assert [path.name for path in settings().inbox.iterdir()] == ["other.yaml"]


@pytest.mark.parametrize("text", [FORM, FORM.replace("\n", "\r\n")], ids=["as typed", "with the line ends of Windows"])
def test_a_pasted_text_is_taken_in_and_pasted_again_it_is_identical(asked: Story, text: str) -> None:
    first, second = by_hand({"pasted_text": text}), by_hand({"pasted_text": text})

    assert first.line.startswith("progress-report AZE: pasted-")
    assert first.line.endswith(".yaml: accepted late (item.unanswered)")
    assert second.line.endswith(".yaml: identical late (item.unanswered)")
    assert len(list((asked.folder / "taken-in").rglob("pasted-*"))) == 2, "what was pasted is kept"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        pytest.param({}, "0 of upload, inbox file and pasted text are given", id="nothing"),
        pytest.param({"upload": " "}, "0 of upload", id="a blank"),
        pytest.param({"upload": "x", "pasted_text": FORM}, "2 of upload", id="two at once"),
        pytest.param({"upload": "x"}, "there is no upload of that id", id="an unknown upload"),
        pytest.param({"upload": "../../signing.key"}, "there is no upload", id="a path instead of an id"),
        pytest.param({"inbox_file": "none.yaml"}, 'no file "none.yaml" waits', id="an unknown file"),
        pytest.param({"inbox_file": "../tipcycle.sqlite3"}, "waits in the inbox", id="a way out of the inbox"),
        pytest.param({"inbox_file": "/etc/passwd"}, "waits in the inbox", id="a path"),
        pytest.param({"inbox_file": ".."}, "waits in the inbox", id="the folder above"),
        pytest.param({"inbox_file": "a\x00\x1b[2J.yaml"}, r"a\\x00\\x1b[2J.yaml", id="a name that cannot be shown"),
        pytest.param({"pasted_text": "Dear colleagues,"}, "this is not a submission", id="a letter"),
        pytest.param({"pasted_text": FORM + "#" * MOST_PASTED_BYTES}, "may be pasted is 50,000", id="too much text"),
        pytest.param({"pasted_text": FORM[:-30]}, "[file.truncated]", id="a text cut short"),
        pytest.param({"pasted_text": "tipcycle: [\n...\n"}, "[file.unreadable]", id="no YAML"),
    ],
)
def test_what_cannot_be_taken_in_is_refused_with_a_sentence(asked: Story, given: dict[str, str], told: str) -> None:
    found = by_hand(given)

    assert told.replace("\\\\", "\\") in "\n".join(found.problems)
    assert "Traceback" not in str(found)
    assert standing() == "missing"


def test_an_upload_that_was_decided_says_when_and_how(asked: Story) -> None:
    upload = uploaded()
    asked.take_in(LATE)

    assert by_hand({"upload": upload}).problems == (
        f"upload {upload}: was decided already on 2009-11-17T09:00:00Z: accepted",
    )


@pytest.mark.parametrize("way", ["upload", "inbox_file", "pasted_text"])
def test_a_preview_says_what_would_happen_and_changes_nothing(asked: Story, way: str) -> None:
    asked.drop("AZE.yaml", FORM.encode())
    given = {"upload": uploaded(), "inbox_file": "AZE.yaml", "pasted_text": FORM}
    before = sorted(path.name for path in settings().inbox.iterdir())

    told = by_hand({way: given[way]}, preview=True)

    assert told.line == "preview: would be accepted, late"
    assert told.problems == ()
    assert standing() == "missing"
    assert sorted(path.name for path in settings().inbox.iterdir()) == before


def test_a_copy_that_is_submitted_decides_no_upload_of_that_name(asked: Story) -> None:
    from tipcycle.operations.receive_upload import read_upload

    upload = uploaded()
    (waiting,) = settings().inbox.iterdir()
    copy = asked.folder / waiting.name
    copy.write_bytes(FORM[:-30].encode())

    assert main(["submit", str(copy), "--at", "2009-11-17T09:00:00Z"]) == 1
    found = read_upload(upload, obligation=AZE)
    assert found
    assert found.state == "waiting"


@pytest.mark.parametrize(
    ("words", "typed"),
    [
        pytest.param(["--upload", "ID"], "", id="an upload"),
        pytest.param(["--inbox", "AZE.yaml"], "", id="a file of the inbox"),
        pytest.param(["-"], FORM, id="what is typed in"),
    ],
)
def test_the_command_line_does_the_same(
    asked: Story, words: list[str], typed: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked.drop("AZE.yaml", FORM.encode())
    upload = uploaded()
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    words = [upload if word == "ID" else word for word in words]

    code = main(["submit", *words, "--at", "2009-11-17T09:00:00Z", "--json"])

    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert (code, document["outcome"], document["obligation"]) == (0, "accepted", AZE)


@pytest.mark.parametrize("words", [[], ["a.yaml", "--upload", "x"], ["--upload", "x", "--inbox", "y"]])
def test_the_command_line_wants_exactly_one(words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["submit", *words])
    assert ended.value.code == 2

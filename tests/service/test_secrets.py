"""A day on which everything goes wrong: no password, token or key is in a log, a page, a command's words or a file."""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult
from prefect.logging import disable_run_logger

from tests.receivers.mail import FaultyMailbox
from tests.receivers.web import FaultyGateway, FaultySlack
from tests.service.intake import LVA, intake
from tests.smoke.story import YEAR, Story, story, utc
from tipcycle.cli import main
from tipcycle.operations.draw_desk import draw_desk

SECRETS = {
    "SMTP_PASSWORD": "smtp-word-7c1f9e",
    "SLACK_TOKEN": "xoxb-made-up-51d2aa",
    "GATEWAY_TOKEN": "gateway-word-0be4c3",
    "SIGNING_KEY": "signing-word-d9b7e1-long-enough-to-be-one",
}
AT = "2009-11-25T15:00:00Z"


@pytest.fixture
def bad_day(tmp_path: Path, asked_ledger: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Story]:
    """Mail refuses the login, Slack and the gateway the token."""
    mailbox = FaultyMailbox(
        tmp_path / "mails",
        {},
        authenticator=lambda *_: AuthResult(success=False, handled=False),
        auth_require_tls=False,
    )
    slack = FaultySlack(tmp_path / "slack", {"#tip-eur": "bad token", "#tip-af": "broken"}, stall_seconds=1)
    gateway = FaultyGateway(tmp_path / "cables", {}, stall_seconds=1)
    with story(tmp_path, ledger=asked_ledger, mailbox=mailbox, slack=slack, gateway=gateway) as cycle:
        for name, secret in SECRETS.items():
            monkeypatch.setenv(f"TIPCYCLE_{name}", secret)
        monkeypatch.setenv("TIPCYCLE_SMTP_USER", "tipcycle")
        monkeypatch.setenv("TIPCYCLE_HEARTBEAT_URL", "http://127.0.0.1:9/beat-word-66aa01")
        yield cycle


def test_no_secret_is_told_or_kept_on_a_bad_day(
    bad_day: Story, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with intake(bad_day, at=utc("2009-11-25 14:00")) as served, disable_run_logger():
        tokens = [served.token(), served.token(LVA), served.token(purpose="answer", position="baku.action-officer")]
        expired = served.token(days=-1)
        codes = [
            served.upload().status_code,
            served.upload(b"\x00", obligation=LVA).status_code,
            served.http.post("/submissions", headers={"Authorization": f"Bearer {expired}"}).status_code,
            served.http.post("/submissions", headers={"Authorization": f"Bearer {tokens[2]}"}).status_code,
            served.http.get(f"/answer/{tokens[2]}").status_code,
            served.http.get(f"/answer/{tokens[2]}x").status_code,
        ]
    assert codes == [202, 415, 401, 401, 200, 404]
    told = []
    for words in (
        ["tick", "--at", AT, "--json"],
        ["collect", "--at", AT],
        ["status"],
        ["proof", "Baku"],
        ["doctor"],
        ["verify"],
    ):
        main(words)
        told += [*capsys.readouterr()]
    told += [page.text for page in draw_desk(YEAR, {}).pages]

    said = "\n".join([*told, *(record.getMessage() for record in caplog.records if not record.name.startswith("http"))])
    kept = _kept(bad_day.folder)
    assert "not_sent" in said, "the failures were told"
    assert {"tipcycle.sqlite3"} < set(kept)
    for secret in (*SECRETS.values(), "beat-word-66aa01", *tokens, expired):
        assert secret not in said
        assert [name for name, content in kept.items() if secret.encode() in content] == []


def test_whatever_the_umask_was_nobody_else_can_read_what_we_write(
    asked: Story, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.environ["TIPCYCLE_VAR_DIR"] = str(tmp_path / "private")
    os.environ["TIPCYCLE_SMTP_HOST"] = os.environ["TIPCYCLE_SLACK_TOKEN"] = os.environ["TIPCYCLE_GATEWAY_URL"] = ""
    before = os.umask(0o022)
    try:
        for words in (
            ["init"],
            ["open-cycle", "--report-year", str(YEAR), "--at", "2009-08-31T12:00:00Z"],
            ["tick", "--at", "2009-09-04T14:00:00Z"],
            ["watchman", "--report-year", str(YEAR), "--at", "2009-09-04T14:30:00Z"],
            ["export", "--report-year", str(YEAR), "--out", str(tmp_path / "exported")],
        ):
            main(words)
            print(capsys.readouterr())
    finally:
        os.umask(before)

    open_to_others = [
        f"{path} {stat.S_IMODE(path.stat().st_mode):o}"
        for folder in (tmp_path / "private", tmp_path / "exported")
        for path in (folder, *folder.rglob("*"))
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    ]
    assert len(list((tmp_path / "private").rglob("*"))) > 4
    assert len(list((tmp_path / "exported").rglob("*"))) > 20
    assert open_to_others == []


def test_a_replaced_key_voids_every_token_that_was_given_out(asked: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    with intake(asked) as served:
        token, answer = served.token(), served.token(purpose="answer", position="baku.action-officer")
        header = {"Authorization": f"Bearer {token}"}
        monkeypatch.setenv("TIPCYCLE_SIGNING_KEY", "another-one-from-today-on")

        codes = [
            served.http.post("/submissions", headers=header, content=b"tipcycle: x\n").status_code,
            served.http.get(f"/answer/{answer}").status_code,
        ]

    assert codes == [401, 404]


def _kept(folder: Path) -> dict[str, bytes]:
    """Every file but what was handed to a receiver, whose links are made for it."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.relative_to(folder).parts[0] not in ("mails", "slack", "cables")
    }

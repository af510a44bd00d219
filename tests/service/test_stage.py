"""What a rehearsal refuses to stand on: a folder that is not ours, a server that is not there."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tipcycle.cli import main
from tipcycle.service.prefect_server import PrefectServer, without_proxies
from tipcycle.service.receivers.mailbox import Mailbox, free_port


def _refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["rehearse", "--report-year", "2010", *words]) == 1
    return capsys.readouterr().err


def test_a_folder_that_is_not_a_rehearsal_s_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "thesis.txt").write_text("ten years of work", encoding="utf-8")

    said = _refused(capsys, "--out", str(tmp_path))

    assert "holds something that is not a rehearsal; name another with --out" in said
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_is_no_folder_to_rehearse_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "out").write_text("", encoding="utf-8")

    assert "is a file; name a folder with --out" in _refused(capsys, "--out", str(tmp_path / "out"))


@pytest.mark.parametrize(
    "address", [f"http://127.0.0.1:{free_port()}/api", "nowhere"], ids=["nobody there", "no address"]
)
def test_a_server_that_cannot_be_reached_is_said_in_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], address: str
) -> None:
    said = _refused(capsys, "--out", str(tmp_path / "out"), "--prefect-api", address)

    assert f"no Prefect server answers at {address}" in said


def test_a_receiver_whose_port_was_taken_meanwhile_takes_another(tmp_path: Path) -> None:
    mailbox = Mailbox(tmp_path)
    with socket.create_server(("127.0.0.1", mailbox.port)) as quicker:
        mailbox.start()
        try:
            assert mailbox.port != quicker.getsockname()[1]
            socket.create_connection(("127.0.0.1", mailbox.port), timeout=5).close()
        finally:
            mailbox.stop()


def test_our_own_server_is_reached_past_a_proxy_that_receivers_may_need(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("NO_PROXY", "intranet.example")

    environment = PrefectServer(tmp_path).environment

    assert environment["NO_PROXY"] == "intranet.example,127.0.0.1,localhost"
    assert environment["no_proxy"] == "127.0.0.1,localhost"
    assert environment["HTTPS_PROXY"] == "http://proxy.example:3128"
    assert without_proxies({"http_proxy": "x", "ALL_PROXY": "x", "PATH": "x"}) == {"PATH": "x"}

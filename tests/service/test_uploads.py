"""Uploading over HTTP: who may, what is taken, and that nothing is ever kept by half or twice."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
from collections.abc import Iterator

import httpx
import pytest

from tests.service.intake import AZE, FORM, LVA, ON_TIME, Intake, intake
from tests.smoke.story import Story
from tipcycle.settings import settings


def test_an_upload_waits_is_taken_in_and_says_what_became_of_it(served: Intake) -> None:
    answer = served.upload()
    upload = answer.json()["upload"]
    waiting = served.http.get(f"/submissions/{upload}", headers=served.bearer()).json()

    served.cycle.take_in(ON_TIME)
    decided = served.http.get(f"/submissions/{upload}", headers=served.bearer()).json()

    assert answer.status_code == 202
    assert answer.json()["sha256"] == waiting["sha256"]
    assert (waiting["state"], waiting["decided_at"], waiting["findings"]) == ("waiting", None, [])
    assert (decided["state"], decided["decided_at"]) == ("accepted", "2009-11-10T09:00:00Z")
    assert {"code", "severity", "where", "message", "remedy", "source"} == set(decided["findings"][0])


def test_a_refused_upload_is_answered_with_its_findings(served: Intake) -> None:
    upload = served.upload(FORM[:-20]).json()["upload"]

    served.cycle.take_in(ON_TIME)

    decided = served.http.get(f"/submissions/{upload}", headers=served.bearer()).json()
    assert decided["state"] == "refused"
    assert decided["findings"][0]["code"] == "file.truncated"


@pytest.mark.parametrize(
    ("header", "told"),
    [
        pytest.param(None, "Send the upload token", id="no token"),
        pytest.param("Basic dXNlcjpwYXNz", "Send the upload token", id="another scheme"),
        pytest.param("Bearer x", "not one of ours", id="a forged token"),
        pytest.param("Bearer " + "x" * 5000, "not one of ours", id="a very long one"),
        pytest.param("expired", "has expired", id="an expired token"),
        pytest.param("answer", "not one of ours", id="the token of an answer link"),
        pytest.param("tampered", "not one of ours", id="a token with a changed end"),
    ],
)
def test_without_a_good_token_nothing_is_taken(served: Intake, header: str | None, told: str) -> None:
    made = {
        "expired": "Bearer " + served.token(days=-1),
        "answer": "Bearer " + served.token(purpose="answer"),
        "tampered": "Bearer " + served.token()[:-2] + "zz",
    }
    headers = {} if header is None else {"Authorization": made.get(header, header)}

    for answer in (
        served.http.post("/submissions", content=FORM, headers=headers),
        served.http.get("/submissions/9f86d081884c7d659a2feaa0", headers=headers),
    ):
        assert answer.status_code == 401
        assert told in answer.json()["error"]
        assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert served.inbox() == []


def test_a_token_is_good_for_its_own_obligation_only(served: Intake) -> None:
    upload = served.upload(obligation=LVA).json()["upload"]

    assert served.http.get(f"/submissions/{upload}", headers=served.bearer(AZE)).status_code == 404
    (taken,) = served.cycle.take_in(ON_TIME)
    assert [finding.code for finding in taken.findings] == ["obligation.wrong_token"]


def test_a_token_for_what_the_ledger_does_not_know_is_refused(served: Intake) -> None:
    assert served.upload(obligation="obligation:1999:progress-report:AZE").status_code == 403
    assert served.inbox() == []


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"%PDF-1.7\n\xe2\xe3", id="a PDF"),
        pytest.param(b"<html>tipcycle</html>", id="a page"),
        pytest.param(b"PK\x03\x04 and no more", id="a broken zip file"),
        pytest.param(b"MZ\x90\x00\x03", id="a program"),
        pytest.param(b"\x1f\x8b\x08\x00" + b"\x00" * 40, id="an archive"),
    ],
)
def test_what_no_reader_takes_is_refused_at_the_door(served: Intake, content: bytes) -> None:
    answer = served.upload(content)

    assert answer.status_code == 415
    assert "workbook" in answer.json()["error"]
    assert served.inbox() == []


def test_the_declared_type_does_not_matter(served: Intake) -> None:
    headers = served.bearer() | {"Content-Type": "image/png", "Content-Disposition": 'filename="../../../etc/x.yaml"'}

    answer = served.http.post("/submissions", content=FORM, headers=headers)

    assert answer.status_code == 202
    assert [path.name for path in served.inbox()] == [f"upload-AZE-{answer.json()['upload']}.yaml"]


@pytest.mark.parametrize(("extra", "status"), [(0, 202), (1, 413)], ids=["the limit itself", "one byte more"])
@pytest.mark.parametrize("streamed", [False, True], ids=["with its length", "in pieces"])
def test_the_limit_is_the_largest_upload(asked: Story, *, extra: int, status: int, streamed: bool) -> None:
    content = FORM + b"#" * (5_000 - len(FORM) + extra)

    def pieces() -> Iterator[bytes]:
        for start in range(0, len(content), 500):
            yield content[start : start + 500]

    with intake(asked, max_submission_bytes="5000") as served:
        body = pieces() if streamed else content
        answer = served.http.post("/submissions", content=body, headers=served.bearer())

        assert answer.status_code == status
        assert len(served.inbox()) == (status == 202)


def test_an_endless_upload_is_refused_while_it_arrives(served: Intake) -> None:
    head = f"POST /submissions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {served.token()}\r\n"
    with socket.create_connection(("127.0.0.1", served.web.port), timeout=20) as line:
        line.sendall(head.encode() + b"Transfer-Encoding: chunked\r\n\r\n")
        sent = 0
        try:
            while sent < 50_000_000:
                line.sendall(b"10000\r\n" + b"#" * 65_536 + b"\r\n")
                sent += 65_536
        except OSError:
            pass  # the line was closed on us

    assert sent < 20_000_000, "the server kept reading"
    assert served.inbox() == []


def test_an_upload_that_breaks_off_leaves_nothing(served: Intake) -> None:
    head = f"POST /submissions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {served.token()}\r\n"
    with socket.create_connection(("127.0.0.1", served.web.port), timeout=20) as line:
        line.sendall(head.encode() + b"Content-Length: 900000\r\n\r\n" + FORM)
        while not served.inbox():
            pass  # until its first bytes lie there
        assert all(path.name.startswith(".") for path in served.inbox())

    while served.inbox():
        pass
    assert served.cycle.take_in(ON_TIME) == []


def test_an_upload_that_takes_too_long_is_ended(asked: Story) -> None:
    with intake(asked, intake_seconds="0.3") as served:
        head = f"POST /submissions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {served.token()}\r\n"
        with socket.create_connection(("127.0.0.1", served.web.port), timeout=20) as line:
            line.sendall(head.encode() + b"Content-Length: 900000\r\n\r\n" + FORM)
            answer = line.recv(200)

        assert answer.startswith(b"HTTP/1.1 408 ")
        assert served.inbox() == []


def test_the_same_file_uploaded_ten_times_at_once_is_one_upload(served: Intake) -> None:
    async def all_at_once() -> list[httpx.Response]:
        async with httpx.AsyncClient(base_url=served.url, trust_env=False, timeout=30) as http:
            posts = (http.post("/submissions", content=FORM, headers=served.bearer()) for _ in range(10))
            return await asyncio.gather(*posts)

    answers = asyncio.run(all_at_once())

    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.json()["upload"] for answer in answers}) == 1
    assert len(served.inbox()) == 1


def test_a_token_that_uploads_too_fast_waits_and_another_one_does_not(asked: Story) -> None:
    with intake(asked, intake_uploads_per_minute="2") as served:
        codes = [served.upload().status_code for _ in range(3)]
        slow = served.upload()
        other = served.upload(obligation=LVA)

    assert codes == [202, 202, 429]
    assert 1 <= int(slow.headers["Retry-After"]) <= 30
    assert other.status_code == 202


def test_an_address_that_asks_too_often_waits_whatever_it_asks_for(asked: Story) -> None:
    with intake(asked, intake_requests_per_minute="3") as served:
        paths = ("/submissions/x", "/docs", "/submissions/y", "/docs")
        codes = [served.http.get(path).status_code for path in paths]
        healthy = served.http.get("/health")

    assert codes == [401, 200, 401, 429]
    assert healthy.status_code == 200


@pytest.mark.parametrize("path", ["..%2f..%2fsigning.key", "%2e%2e", "x%00y", "a" * 3000, "' OR 1=1 --"])
def test_an_id_that_we_did_not_give_out_is_unknown(served: Intake, path: str) -> None:
    assert served.http.get(f"/submissions/{path}", headers=served.bearer()).status_code == 404


def test_neither_tokens_nor_bodies_are_logged(served: Intake, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    served.upload(b"tipcycle: submission/1\nremarks: of-great-secrecy\n")
    served.http.get("/submissions/of-great-secrecy", headers=served.bearer())
    served.upload(b"\x00of-great-secrecy")

    ours = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("http"))
    assert "waiting" in ours
    assert "of-great-secrecy" not in ours
    assert served.token() not in ours


def test_a_ledger_that_cannot_be_read_is_said_without_its_address(served: Intake) -> None:
    settings().ledger_url  # noqa: B018
    from tipcycle.store.store import forget

    forget(settings().ledger_url)
    ledger = served.cycle.folder / "tipcycle.sqlite3"
    ledger.rename(ledger.with_suffix(".away"))
    answers = [served.http.get("/health"), served.upload()]
    forget(settings().ledger_url)
    ledger.with_suffix(".away").replace(ledger)

    assert {answer.status_code for answer in answers} == {503}
    assert str(served.cycle.folder) not in json.dumps([answer.json() for answer in answers])
    assert served.inbox() == []


def test_the_description_is_there_for_people_and_for_programs(served: Intake) -> None:
    people, programs = served.http.get("/docs"), served.http.get("/openapi.json").json()

    assert set(programs["paths"]) == {"/submissions", "/submissions/{upload}", "/health"}
    for told in ("POST /submissions", "identical", "413", "Bearer TOKEN", "tipcycle: submission/1"):
        assert told in people.text
    assert "<script" not in people.text
    assert "://" not in people.text, "nothing is fetched from anywhere else"

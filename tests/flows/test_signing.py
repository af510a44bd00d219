"""A form on a real Prefect server: the code comes by mail, signs once, and is in no log, artifact, name or event."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.flows.prefect_runs import FlowProcess, post
from tests.smoke.story import YEAR, Story, progress_report
from tipcycle.service.prefect_server import PrefectServer
from tipcycle.settings import settings
from tipcycle.store import Store

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("server")]

_CODE = re.compile(r"^   ([0-9A-Z]{4}(?:-[0-9A-Z]{4}){2})\s*$", re.MULTILINE)
_AT = "2009-11-10T15:00:00+00:00"
_WAIVED: dict[str, Any] = {
    "report_year": YEAR,
    "step": "progress-report",
    "country": "Senegal (SEN)",
    "reason": "made up",
    "approver": "gtip.director",
    "at": _AT,
}
_RULE: dict[str, Any] = {
    "file_name": "first.yaml",
    "rule": "statistic.period",
    "reason": "made up",
    "until": "2009-11-20",
    "approver": "gtip.director",
    "at": _AT,
}
_LIST: dict[str, Any] = {
    "report_year": YEAR,
    "position": "gtip.director",
    "reason": "made up",
    "preview": False,
    "at": _AT,
}


def test_a_waiver_by_form_is_signed_with_the_code_from_the_mail_and_nothing_else(
    own_server: PrefectServer, asked: Story
) -> None:
    (settings().var_dir / "quarantine").mkdir(parents=True)
    (settings().var_dir / "quarantine" / "first.yaml").write_text(
        yaml.safe_dump(progress_report("AZE", "Baku")) + "...\n"
    )

    with FlowProcess(own_server) as process:
        unsigned, sent, rule_sent = process.run(
            ("waive-obligation", _WAIVED),
            ("waive-obligation", _WAIVED | {"send_code": True}),
            ("waive-rule", _RULE | {"send_code": True}),
        )
        code, rule_code = (_code(asked.folder, number) for number in (1, 2))
        wrong, foreign, signed, spent, rule_signed, listed = process.run(
            ("waive-obligation", _WAIVED | {"code": "0000-0000-0000"}),
            ("waive-rule", _RULE | {"code": code}),
            ("waive-obligation", _WAIVED | {"code": f" {code.lower()} \n"}),
            ("waive-obligation", _WAIVED | {"country": "GNB", "code": code}),
            ("waive-rule", _RULE | {"code": rule_code}),
            ("correct-list", _LIST),
        )

    assert unsigned[0] == "FAILED"
    assert (
        "gtip.director signs with a one-time code to waive progress-report of SEN; run it with send_code" in unsigned[1]
    )
    assert sent[0] == rule_sent[0] == "COMPLETED"
    assert sent[1].startswith(
        "code for gtip.director to waive progress-report of SEN\nmailed; run it again with the code"
    )
    assert "would be waived by gtip.director: made up" in sent[1]
    assert (wrong[0], foreign[0], spent[0]) == ("FAILED", "FAILED", "FAILED")
    assert "this is no code of ours; after 4 more wrong tries" in wrong[1]
    assert "this code was made to waive progress-report of SEN, in other words or upon another text" in foreign[1]
    assert signed == ("COMPLETED", "obligation:2010:progress-report:SEN: waived by gtip.director: made up")
    assert "this code was used on" in spent[1]
    assert rule_signed[0] == "COMPLETED", rule_signed[1]
    nothing = "the list is the one that the placements give; nothing to correct"
    assert listed == ("COMPLETED", f"0 entries changed\n{nothing}")
    assert _refusals() == ["wrong", "changed", "spent"]
    told = _everything_but_parameters(own_server)
    assert "waive progress-report of SEN" in told
    for one in (code, rule_code):
        assert one not in told
        assert one.replace("-", "") not in told.upper()
        assert one.encode() not in b"".join(file.read_bytes() for file in asked.folder.glob("tipcycle.sqlite3*"))


def _code(folder: Path, number: int) -> str:
    (mail,) = (folder / "mails").rglob(f"message_{YEAR}_code_{number}.eml")
    (code,) = _CODE.findall(mail.read_text(encoding="utf-8"))
    return str(code)


def _refusals() -> list[str]:
    with Store.read(settings().ledger_url) as store:
        return [one.details["why"] for one in store.acts.all() if one.act == "refuse-code"]


def _everything_but_parameters(server: PrefectServer) -> str:
    """What the server keeps and shows, as text; what is typed into a form it keeps with the run (decision 0019)."""
    runs = [one | {"parameters": {}} for one in post(server, "/flow_runs/filter", {"limit": 200})]
    others = [post(server, f"/{kind}/filter", {"limit": 200}) for kind in ("logs", "task_runs", "artifacts")]
    events = post(server, "/events/filter", {"limit": 50})
    return str([runs, others, events])

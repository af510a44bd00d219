"""What we signed is known again, and nothing else is."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tipcycle.model.signature import sign, verify
from tipcycle.settings import Settings


@pytest.mark.parametrize(
    ("text", "signature", "key", "known"),
    [
        pytest.param("AZE", sign("AZE", b"k"), b"k", True, id="as it was signed"),
        pytest.param("AZF", sign("AZE", b"k"), b"k", False, id="another text"),
        pytest.param("AZE", sign("AZE", b"k")[:-1], b"k", False, id="a signature cut short"),
        pytest.param("AZE", "", b"k", False, id="no signature"),
        pytest.param("AZE", "ä" * 43, b"k", False, id="a signature that is no ASCII"),
        pytest.param("AZE", sign("AZE", b"k"), b"other", False, id="another key"),
    ],
)
def test_only_the_very_text_with_its_own_signature_is_known(
    text: str, signature: str, key: bytes, *, known: bool
) -> None:
    assert verify(text, signature, key) is known


def test_the_key_is_made_once_and_nobody_else_may_read_it(tmp_path: Path) -> None:
    here = Settings(var_dir=tmp_path / "var")

    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: here.signing_key, range(8)))

    assert len(keys) == 1
    assert len(keys.pop()) == 64
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["signing.key"]
    assert stat.S_IMODE((tmp_path / "var" / "signing.key").stat().st_mode) == 0o600

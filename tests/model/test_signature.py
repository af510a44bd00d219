"""What we signed is known again, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tipcycle.model.signature import sign, verify
from tipcycle.settings import Settings

KEY = b"key"


def test_a_signature_is_that_of_the_text_and_the_key() -> None:
    signed = sign("workbook/1\n2010", KEY)

    assert len(signed) == 64
    assert verify("workbook/1\n2010", signed, KEY)


@pytest.mark.parametrize(
    ("text", "signature", "key"),
    [
        pytest.param("workbook/1\n2011", sign("workbook/1\n2010", KEY), KEY, id="another text"),
        pytest.param("workbook/1\n2010", sign("workbook/1\n2010", KEY), b"other", id="another key"),
        pytest.param("workbook/1\n2010", "", KEY, id="no signature"),
        pytest.param("workbook/1\n2010", "\u00e9" * 64, KEY, id="a signature in no hexadecimal digits"),
        pytest.param("workbook/1\n2010", sign("workbook/1\n2010", KEY), b"", id="no key"),
    ],
)
def test_anything_else_is_not_ours(text: str, signature: str, key: bytes) -> None:
    assert not verify(text, signature, key)


def test_nothing_is_signed_without_a_key() -> None:
    with pytest.raises(ValueError, match="key"):
        sign("text", b"")


def test_a_key_is_made_once_and_is_readable_for_nobody_else(tmp_path: Path) -> None:
    first = Settings(var_dir=tmp_path).signing_secret

    assert Settings(var_dir=tmp_path).signing_secret == first
    assert len(first) == 64
    assert (tmp_path / "signing.key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["signing.key"]


def test_the_key_of_the_environment_comes_first_and_is_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIPCYCLE_SIGNING_KEY", "from the environment")

    given = Settings(var_dir=tmp_path)

    assert given.signing_secret == b"from the environment"
    assert "from the environment" not in repr(given)
    assert list(tmp_path.iterdir()) == []

"""A play is played by the config that it began with; outside of one, an edit counts at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tipcycle.config.load import as_it_is_now, load_config
from tipcycle.errors import ConfigError
from tipcycle.settings import ROOT


def test_an_edit_counts_at_once_but_for_a_play_that_began_before_it(tmp_path: Path) -> None:
    config_dir = shutil.copytree(ROOT / "config", tmp_path / "config")
    before = load_config(config_dir, 2010)

    with as_it_is_now(config_dir):
        (config_dir / "duties.yaml").write_text("[]\n", encoding="utf-8")
        assert load_config(config_dir, 2010) is before

    with pytest.raises(ConfigError):
        load_config(config_dir, 2010)

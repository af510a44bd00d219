"""config/ read, checked as a whole and frozen: `load_config` is the one door."""

from tipcycle.config.load import load_config

__all__ = ["load_config"]

"""Which post does a person mean?"""

from __future__ import annotations

from tipcycle.config.read import closest
from tipcycle.errors import ConfigError, Fault
from tipcycle.model.cycle import CycleConfig
from tipcycle.model.post import Post


def find_post(config: CycleConfig, name: str) -> Post:
    """The post of that name or id; raises `ConfigError` with the nearest name."""
    for post in config.posts.values():
        if name.casefold() in (post.id, post.name.casefold()):
            return post
    near = closest(name, [post.name for post in config.posts.values()])
    raise ConfigError([Fault("config/posts.yaml", "", f'no post "{name}"', f"name one of that file{near}")])

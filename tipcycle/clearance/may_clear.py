"""Which position may clear the action request to a post? Source: 09 STATE 97909 para 2 (cleared by regional bureaus).

Reading: the post's regional bureau, or the office director; never the office that drafted it, and never the post
(decision 0010).
"""

from __future__ import annotations

from tipcycle.model.position import Position
from tipcycle.model.post import Post


def why_not_clear(position: Position, post: Post) -> str:
    """Why `position` may not clear the request to `post`, or an empty text if it may."""
    match position.role:
        case "director":
            return ""
        case "bureau" if position.bureau == post.bureau:
            return ""
        case "bureau":
            owner = f"Bureau {post.bureau}" if post.bureau else "no bureau"
            return f"{post.name} belongs to {owner}; its bureau or the director clears"
        case _ if position.post:
            return "a post does not clear what it is asked"
        case _:
            return "the office that drafts does not clear its own draft; the bureau or the director does"

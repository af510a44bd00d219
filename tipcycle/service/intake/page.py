"""How does a page leave the house? Nothing may run on it, nothing is fetched, and its address is passed to nobody."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode

from starlette.responses import HTMLResponse

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def page(html: str, status_code: int = 200) -> HTMLResponse:
    """The answer to a browser; its one style sheet is allowed by hash."""
    found = _STYLE.search(html)
    digest = b64encode(hashlib.sha256(found[1].encode()).digest()).decode() if found else ""
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; base-uri 'none'"
    return HTMLResponse(
        html,
        status_code,
        headers={
            "Content-Security-Policy": f"{policy}; frame-ancestors 'none'",
            "Referrer-Policy": "no-referrer",  # the address of an answer page is a key
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "X-Robots-Tag": "noindex, nofollow",
        },
    )

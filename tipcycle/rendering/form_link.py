"""How does a page lead to the form that answers it? The address of a deployment's form, filled in as far as known."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote


def form_link(forms: Mapping[str, str], name: str, given: Mapping[str, Any]) -> str:
    """The address inside Prefect's UI; "" where no such form is deployed. `forms` maps its name to its own address.

    The UI encodes what it puts into an address twice and decodes it twice, so we do; a "%" would be lost otherwise.
    """
    if name not in forms:
        return ""
    return f"{forms[name]}?parameters={quote(quote(json.dumps(dict(given)), safe=''), safe='')}"

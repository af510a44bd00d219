"""Which JSON Schema describes a submission? Made from the model, published as docs/submission.schema.json."""

from __future__ import annotations

import json

from tipcycle.model.submission import Submission

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def submission_schema() -> str:
    """The schema as text with a newline at its end; what rules judge (docs/submission-format.md) is not in it."""
    schema = Submission.model_json_schema(by_alias=True)
    head = {"$schema": _DIALECT, "title": "tipcycle submission/1"}
    return json.dumps(head | {name: value for name, value in schema.items() if name != "title"}, indent=2) + "\n"

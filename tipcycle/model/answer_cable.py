"""How is an answer laid out as the text of a cable? Its labels and marks: one list for writing and for reading.

An entry is a block: what it is about, a colon, what is said, then labels with their values, each ended by a period.
`HP1: begun. Two regions use it. Evidence: Cabinet order 104. Since: 2009-09-01.` A minimum standard begins with
that word, `Standard 4.1: partly. Three courts try such cases.`: a line that begins with a number is a paragraph.
"""

from __future__ import annotations

OPENING, CLOSING, NIL = "TIPCYCLE ANSWER", "End of answer", "Nothing to report"
ITEMS, STATISTICS, DEMARCHE, ADDED = "Recommendations", "Statistics", "Demarche", "Added by post"
STANDARDS, REMARKS = "Minimum standards", "Remarks"

# What the template holds where nothing is filled in yet; reading takes it for an empty place.
EMPTY = ("[status]", "[text]", "[number]", "[day]", "[choose]")

IDENTITY_LABELS = {
    "Report": "report_year",
    "Step": "step",
    "Country": "country",
    "Post": "post",
    "Submitted by": "submitted_by",
}
ITEM_LABELS = {
    "Narrative": "narrative",
    "By": "by",
    "Government role": "government_role",
    "Evidence": "evidence",
    "Since": "since",
    "Done on": "done_on",
}
STANDARD_LABELS = {
    "Narrative": "narrative",
    "Evidence": "evidence",
}
STATISTIC_LABELS = {
    "Total": "total",
    "Labor": "labour",
    "Labour": "labour",
    "Sex": "sex",
    "Period": "period",
    "Other days because": "period_reason",
    "Basis": "basis",
    "Offense": "offence",
    "Offence": "offence",
    "Evidence": "evidence",
    "Authority": "authority",
    "Source": "source",
    "Host term": "host_term",
    "Interpreted by": "interpreted_by",
    "Last year": "last_year",
    "Comparable": "comparable",
    "Not comparable because": "not_comparable_because",
    "Could provide": "could_provide",
    "Prison": "sentences.prison",
    "Prison months": "sentences.prison_months",
    "Life": "sentences.life",
    "Suspended": "sentences.suspended",
    "Probation": "sentences.probation",
    "Fine": "sentences.fine",
    "Seizure": "sentences.seizure",
}
DEMARCHE_LABELS = {
    "Delivered on": "delivered_on",
    "Level": "level",
    "Officials": "officials",
    "Reaction": "reaction",
    "Comments": "comments",
}
COUNTS = {"total", "labour", "sex", "last_year", *(f"sentences.{kind}" for kind in ("prison", "life", "suspended"))}
COUNTS |= {f"sentences.{kind}" for kind in ("probation", "fine", "seizure")}

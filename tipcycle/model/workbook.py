"""Where does each field of the form stand in a workbook? One layout for writing it and for reading it back.

A table has its headings in row 3, help in row 4, and entries from row 5 on. A page has labels in column A and values
in column B, from row 5 on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from tipcycle.model.plan import PILLARS
from tipcycle.model.statistic import Answer, Basis, Category, Status
from tipcycle.model.submission import ItemStatus, StandardMet, SubmissionStep

HEADINGS, HELP, FIRST = 3, 4, 5
IDENTITY = "_tipcycle"
_YES_NO = ("yes", "no")

Kind = Literal["locked", "text", "long text", "choice", "count", "counts", "day", "lines", "yes"]


@dataclass(frozen=True)
class Field:
    """One column of a table, or one row of a page; `path` is its path in the form, empty if it only informs.

    `counts` are several numbers in one cell, with commas; `lines` one value a line.
    """

    path: str
    heading: str
    help: str
    kind: Kind = "text"
    choices: tuple[str, ...] = ()
    width: int = 16


@dataclass(frozen=True)
class Sheet:
    """A sheet of the workbook; `path` is where its entries stand in the form, empty for the form itself."""

    title: str
    path: str
    shape: Literal["table", "page"]
    fields: tuple[Field, ...]
    spare_rows: int = 0


@dataclass(frozen=True)
class Identity:
    """What a workbook was made for; `plan_version` is empty where there is no plan.

    `standards_version` tells which minimum standards stand in it, and is empty for a step that asks for none.
    """

    report_year: int
    step: SubmissionStep
    country: str
    post: str
    plan_version: str
    standards_version: str = ""

    @property
    def signed_text(self) -> str:
        """The text under the signature: a line for each part."""
        parts = ["workbook/1", str(self.report_year), self.step, self.country, self.post, self.plan_version]
        parts += [self.standards_version] if self.standards_version else []
        return "\n".join(part.replace("\n", " ") for part in parts)


ANSWER = Sheet(
    "Answer",
    "",
    "page",
    (
        Field(
            "submitted_by", "Submitted by", "The position that answers for the post; never a person's name.", "choice"
        ),
        Field(
            "nothing_to_report",
            "Nothing to report",
            'Choose "yes" only to attest that there is nothing to report; then leave the other sheets empty.',
            "yes",
            _YES_NO,
        ),
        Field("remarks", "Remarks", "Anything else that the Department should know.", "long text"),
    ),
)

ITEMS = Sheet(
    "Recommendations",
    "items",
    "table",
    (
        Field("id", "No.", "As in the action request.", "locked", tuple(f"POST{n}" for n in range(1, 10)), 8),
        Field("", "Priority", "High-priority items come first.", "locked", (), 13),
        Field("", "Recommendation", "In the last rows: what post itself asked for.", "locked", (), 52),
        Field("status", "Status", "Choose one; it is needed for an answer.", "choice", get_args(ItemStatus), 15),
        Field(
            "narrative", "What was done", "In a few sentences, with numbers where there are any.", "long text", (), 52
        ),
        Field(
            "by", "Carried out by", "Other: an NGO, an organization or a post.", "choice", ("government", "other"), 14
        ),
        Field(
            "government_role",
            "The government's own part",
            "Needed for work by others: only with it does the work count.",
            "long text",
            (),
            34,
        ),
        Field("evidence", "Evidence", "A law, an order, a budget line.", "text", (), 26),
        Field("since", "Since", "A day: 2009-10-31.", "day", (), 13),
        Field("done_on", "Done on", "A day, if it is done.", "day", (), 13),
    ),
    spare_rows=5,
)

STATISTICS = Sheet(
    "Statistics",
    "statistics",
    "table",
    (
        Field("category", "Category", "One of the four.", "choice", get_args(Category), 16),
        Field("status", "Status", "Unknown is never 0.", "choice", get_args(Status), 16),
        Field("period.from", "From", "First day counted.", "day", (), 13),
        Field("period.to", "To", "Last day counted.", "day", (), 13),
        Field("total", "Total", "Digits only.", "count", (), 10),
        Field("labour", "Of it labor", "A part of the total.", "count", (), 10),
        Field("sex", "Of it sex", "A part of the total.", "count", (), 10),
        Field("basis", "Legal basis", "Nothing that is only trafficking-related.", "choice", get_args(Basis), 20),
        Field("offence", "Offense", "Law and article, for an explicit offence.", "text", (), 30),
        Field("evidence", "Specific evidence", "What shows that it was trafficking.", "text", (), 30),
        Field("authority", "Authority", "Police or court that has the evidence.", "text", (), 24),
        Field("source", "Source", "The office that gave the figure.", "text", (), 24),
        Field("host_term", "The government's term", "Such as indictments or cases disposed of.", "text", (), 24),
        Field("interpreted_by", "Interpreted by", "Who read the term into the category.", "text", (), 24),
        Field("last_year", "Last year", "The same figure a year ago.", "count", (), 10),
        Field("comparable", "Comparable", "With last year's.", "choice", get_args(Answer), 13),
        Field("not_comparable_because", "If not, why", "A new law, another office, other days.", "text", (), 28),
        Field(
            "could_provide",
            "Could be given",
            "Could the government give a missing figure?",
            "choice",
            get_args(Answer),
            14,
        ),
        Field("period_reason", "Why other days", "If From or To is outside the reporting period.", "text", (), 28),
        Field("sentences.prison", "Prison", "Persons with terms to be served.", "count", (), 10),
        Field("sentences.prison_months", "Months each", "With commas: 36, 60, 84.", "counts", (), 16),
        Field("sentences.life", "Life", "Of those in prison.", "count", (), 10),
        Field("sentences.suspended", "Suspended", "Persons.", "count", (), 11),
        Field("sentences.probation", "Probation", "Persons.", "count", (), 11),
        Field("sentences.fine", "Fined", "Persons.", "count", (), 10),
        Field("sentences.seizure", "Assets seized", "Persons.", "count", (), 13),
    ),
    spare_rows=40,
)

STANDARDS = Sheet(
    "Standards",
    "standards",
    "table",
    (
        Field("id", "No.", "4.1 and on: the indicia of the fourth.", "locked", (), 8),
        Field("", "Minimum standard or indicium", "Of the law for this Report, in our words.", "locked", (), 46),
        Field("met", "Met", 'Choose one; "not known" is an answer.', "choice", get_args(StandardMet), 13),
        Field("narrative", "What the government did", "Concrete actions, in a few sentences.", "long text", (), 60),
        Field("evidence", "Evidence", "A law, a judgment, a budget line.", "text", (), 30),
    ),
)

DEMARCHE = Sheet(
    "Demarche",
    "demarche",
    "page",
    (
        Field("delivered_on", "Delivered on", "The day on which the non-paper was handed over: 2009-10-01.", "day"),
        Field("level", "Level", "Such as deputy minister.", "text"),
        Field("officials", "Officials", "Positions, one a line; never a person's name.", "lines"),
        Field("reaction", "Reaction", "How the points were taken.", "long text"),
        Field("comments", "The government's comments", "Its own words on the recommendations, if any.", "long text"),
    ),
)

ADDED = Sheet(
    "Added",
    "demarche.recommendations_added",
    "table",
    (
        Field("id", "No.", "POST1, POST2 and so on.", "choice", tuple(f"POST{n}" for n in range(1, 10)), 10),
        Field("pillar", "Pillar", "Choose one.", "choice", PILLARS, 16),
        Field("text", "Recommendation", "What post asked for beside the plan.", "long text", (), 80),
    ),
    spare_rows=9,
)

SHEETS: dict[SubmissionStep, tuple[Sheet, ...]] = {
    "demarche": (ANSWER, DEMARCHE, ADDED),
    "progress-report": (ANSWER, ITEMS, STATISTICS),
    "annual-submission": (ANSWER, STANDARDS, STATISTICS, ITEMS),
}

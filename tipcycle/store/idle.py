"""Is there anything at all that a tick could do? One statement, so that an idle tick costs next to nothing.

It may say yes where a longer look finds nothing, and never no where there is something.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from tipcycle.store.cycles import bureaus_to_tell
from tipcycle.store.messages import MOST_ATTEMPTS
from tipcycle.store.schema import Moment, answers, cycles, messages, notices, obligations

# Built once: to build and name a statement costs more than to run it.
_SOMETHING_TO_DO = sa.select(
    sa.or_(
        # owed and due, also what nobody can be told of or what keeps somebody's hours
        sa.exists().where(notices.c.state == "owed", notices.c.due_at <= sa.bindparam("at", type_=Moment)),
        # to be sent, held by a sender that may be dead, or to be repeated by rule
        sa.exists().where(messages.c.state.in_(("sealed", "sending"))),
        sa.exists().where(messages.c.state == "unknown", messages.c.attempts < MOST_ATTEMPTS),
        # posts that say they are the wrong office are told by every tick until somebody saw to it
        sa.exists().where(
            answers.c.answer == "wrong_office",
            answers.c.settled_at.is_(None),
            answers.c.obligation == obligations.c.key,
            obligations.c.standing == "missing",
            obligations.c.report_year.in_(sa.select(cycles.c.report_year).where(cycles.c.closed_at.is_(None))),
        ),
        # a bureau may be due its digest of the week
        sa.exists().where(bureaus_to_tell()),
        # the roll call goes on until the special watch list is recorded
        sa.exists().where(cycles.c.closed_at.is_(None), cycles.c.listed_at.is_(None)),
    )
)


def nothing_to_do(connection: sa.Connection, at: datetime) -> bool:
    """Whether a tick at `at` would find nothing owed, nothing under way and nothing to raise an alarm about."""
    return not connection.execute(_SOMETHING_TO_DO, {"at": at}).scalar_one()

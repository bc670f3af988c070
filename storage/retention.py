"""What is kept how long."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, exists, or_, select

from storage.tables.chats import drafts
from storage.tables.outbox import deliveries, edition_parts
from storage.told import Told
from storage.unit_of_work import UnitOfWork

OUTBOX_DAYS = 30
"""What was sent stays at least so long: who asks what an edition became, or mends a post, looks there."""
AT_ONCE = 5000  # deliveries deleted in one transaction, so that sends need not wait for long
OPERATORS = "operators:"
"""How the editions begin that tell operators of an incident: their rows are the record that it was told."""
DATED = ("operators:audience:", "operators:missed:", "operators:topic-gone:")
"""Those of incidents that have their moment in their name: they cannot come again."""


async def retention(unit: UnitOfWork, now: datetime, days: int) -> Mapping[str, int]:
    """Delete articles (with revisions, analyses and search words), editions and what a model wrote
    older than `days`; how many
    of each. Which message told a story, and what a day's model use was, goes as what was sent does. With 0 days
    everything is kept. The caller commits. Settings, subscriptions and the record of acts are not touched.
    """
    if days < 1:
        return {"articles": 0, "briefs": 0, "stories": 0, "written": 0}
    before = now - timedelta(days=days)
    long_ago = now - timedelta(days=max(days, OUTBOX_DAYS))
    await Told(unit.connection).delete_before(long_ago)
    await unit.writing.delete_use_before(long_ago.date())
    return {
        "articles": await unit.articles.delete_before(before),
        "briefs": await unit.briefs.delete_before(before),
        "stories": await unit.stories.delete_empty(),
        "written": await unit.writing.delete_before(before),
    }


async def outbox_retention(unit: UnitOfWork, now: datetime, days: int, most: int = AT_ONCE) -> int:
    """Delete at most `most` deliveries that are over (sent, cancelled or refused) of parts older than `days`, and at
    least `OUTBOX_DAYS`, and the parts that have none left; how many deliveries went. What waits, is under way or held
    stays, as do the posts of editors, which can be corrected, and what operators were told of what may come again.
    The caller commits, and asks again while it gets `most`.
    """
    if days < 1:
        return 0
    d, p = deliveries.c, edition_parts.c
    before = now - timedelta(days=max(days, OUTBOX_DAYS))
    old = and_(
        p.created < before,
        or_(~p.edition.startswith(OPERATORS, autoescape=True),
            *(p.edition.startswith(beginning, autoescape=True) for beginning in DATED)),
        ~exists().where(drafts.c.edition == p.edition),
    )  # fmt: skip
    here = and_(d.edition == p.edition, d.platform == p.platform, d.part == p.part)
    over = (
        select(d.id)
        .join(edition_parts, here)
        .where(old, d.state.in_(("sent", "cancelled", "failed")))
        .limit(most)
    )
    gone = (
        await unit.outbox.connection.execute(delete(deliveries).where(d.id.in_(over.scalar_subquery())))
    ).rowcount
    empty = and_(old, ~exists().where(here).correlate(edition_parts))
    await unit.outbox.connection.execute(delete(edition_parts).where(empty))
    return int(gone)

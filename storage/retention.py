"""What is kept how long."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from storage.unit_of_work import UnitOfWork


async def retention(unit: UnitOfWork, now: datetime, days: int) -> Mapping[str, int]:
    """Delete articles (with revisions, analyses and search words), editions and what a model wrote
    older than `days`; how many
    of each. With 0 days everything is kept. The caller commits. Settings, subscriptions and the record of
    acts are not touched.
    """
    if days < 1:
        return {"articles": 0, "briefs": 0, "stories": 0, "written": 0}
    before = now - timedelta(days=days)
    return {
        "articles": await unit.articles.delete_before(before),
        "briefs": await unit.briefs.delete_before(before),
        "stories": await unit.stories.delete_empty(),
        "written": await unit.writing.delete_before(before),
    }

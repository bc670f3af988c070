"""A story that turns out to tell of two events, from arrival to what is stored."""

from datetime import timedelta

from bot.sample.newsroom import SAMPLE_NOW
from summaries.types import ArticleId
from tests.application.arriving import arrive
from tests.application.conftest import Bench
from tests.summaries.test_story_splits import TEXTS

ORDER = ("both", "bridge1", "wheat1", "bridge2", "wheat2")


async def test_a_split_is_stored(bench: Bench) -> None:
    """Articles that a round-up had joined stand in two stories once two events show, each with its articles."""
    ids: dict[str, ArticleId] = {}
    for hour, name in enumerate(ORDER):
        [ids[name]] = await arrive(bench, SAMPLE_NOW + timedelta(hours=hour), (name, *TEXTS[name]))
        if name == "wheat1":
            assert len(set(await _stories(bench, ids))) == 1
    both, bridge, wheat, bridge_again, wheat_again = await _stories(bench, ids)
    assert bridge == bridge_again != wheat == wheat_again
    assert both == ids["both"]
    assert both in (bridge, wheat)


async def _stories(bench: Bench, ids: dict[str, ArticleId]) -> list[str]:
    async with bench.application.kernel.database.reading() as unit:
        found = await unit.stories.of(ids.values())
        return [found[article] for article in ids.values()]

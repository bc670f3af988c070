"""A pasted link is briefed under the name of its outlet."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.summarising import ArticleBrief
from summaries.types import Article, ArticleId, Sentence, Source, SourceId, SourceSpan
from tests.application.conftest import Bench
from tests.bot.samples import story

SAID = Sentence(
    text="قال.", shown="قال.", spans=(SourceSpan(article=ArticleId("a"), start=0, end=4),), url=""
)


class Reader:
    """A page that is one sentence long."""

    async def brief(self, url: str, now: datetime) -> ArticleBrief:
        article = Article(id=ArticleId(url), outlet="www.dar.example", title="عنوان", text="قال.", url=url)
        [quote] = story().quotes
        quotes = (replace(quote, outlet="بلا اسم"),)
        return ArticleBrief(article=article, headline="عنوان", sentences=(SAID,), origins=(), quotes=quotes)


async def test_the_outlet_is_named_as_our_sources_name_it(bench: Bench) -> None:
    """The site of one of our sources goes by its outlet's name; a site that is none's, by its own."""
    source = Source(id=SourceId("dar"), outlet="الدار", url="https://dar.example/feed", zone="UTC")
    async with bench.application.kernel.database.unit() as unit:
        await unit.sources.upsert([source])
        await unit.commit()
    articles: Any = Reader()
    bench.application.dispatcher._services = replace(bench.application.services, articles=articles)
    ours = await bench.ask("https://www.dar.example/a", command=False)
    assert "الدار" in str(ours.messages[0].blocks)
    assert "بلا اسم" not in str(ours.messages[0].blocks)  # nor do its quotations go by another
    other = await bench.ask("https://other.example/a", command=False)
    assert "الدار" not in str(other.messages[0].blocks)

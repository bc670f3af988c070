"""What is told of one story: its headline, the sentences that carry the news, and who said what."""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

from summaries.novelty import same_statement, words_of
from summaries.selection.news import News
from summaries.terms import packaged_lexicon, term_counts
from summaries.text import fold
from summaries.types import Analysis, Article, ArticleId, Quote, Sentence, Span, Statement, Strength

MOST_SENTENCES = 3
MOST_QUOTES = 8
_OWN_TERM = 0.7  # what a title counts that uses a term which is not the commonest among the outlets
_TOLD = 0.75  # share of a quote's words that, being read already, make it told
_MOST_ARTICLES = 16  # whose words are weighed
_LABEL = re.compile(
    r"^(?:\s*[|:\-–!.]*\s*(?:عاجل|خبر عاجل|فيديو|بالفيديو|شاهد|بالصور|صور|حصري|خاص)\s*[|:\-–!.]+\s*)+"
)
_TAIL = re.compile(r"\s+[|\-–—]\s+[^|\-–—]{2,40}$")
_LIVE = re.compile(r"لحظة بلحظة|تغطية|مباشر|نشرة|أبرز|عناوين|الصحف|؟\s*$|شاهد|فيديو")


class Telling:
    """The articles of a story that are told, weighed together."""

    def __init__(self, articles: Sequence[Article], analyses: Mapping[ArticleId, Analysis]) -> None:
        self._articles = list(articles)[:_MOST_ARTICLES]
        self._news = News(self._articles, {i: analysis.statements for i, analysis in analyses.items()})

    def headline(self) -> tuple[str, ArticleId]:
        """The title that says most of what the articles share, without labels such as «عاجل», and its article."""
        best = max(self._articles, key=lambda article: (self._title_worth(article), article.id))
        return bare_title(best.title, best.outlet), best.id

    def _title_worth(self, article: Article) -> float:
        worth = self._news.worth(bare_title(article.title, article.outlet))
        uncommon = any(
            self._common.get(u.concept, u.term) != u.term for u in packaged_lexicon().find(article.title)
        )
        return worth * (0.5 if _LIVE.search(article.title) else 1.0) * (_OWN_TERM if uncommon else 1.0)

    @cached_property
    def _common(self) -> dict[str, str]:
        """For each thing the story's outlets call differently, the term that most of them write."""
        outlets: dict[tuple[str, str], set[str]] = {}
        for counted in term_counts(self._articles):
            outlets.setdefault((counted.concept, counted.term), set()).add(counted.outlet)
        ranked = sorted(outlets, key=lambda pair: (len(outlets[pair]), pair))
        return dict(ranked)

    def sentences(self, most: int = MOST_SENTENCES) -> tuple[Sentence, ...]:
        """The sentences that carry the story, each able to stand alone."""
        return self._news.sentences(most)


def bare_title(title: str, outlet: str = "") -> str:
    """A title without a label before it and without the outlet's name behind it."""
    bare = _LABEL.sub("", title.strip())
    tail = _TAIL.search(bare)
    if (
        tail
        and len(bare[: tail.start()].split()) >= 4
        and (not outlet or outlet.casefold() in tail[0].casefold())
    ):
        bare = bare[: tail.start()]
    return bare.strip() or title.strip()


def quotes(
    articles: Sequence[Article], analyses: Mapping[ArticleId, Analysis], most: int = MOST_QUOTES
) -> tuple[Quote, ...]:
    """Who said what, each statement once however many outlets carry it.

    Everybody's first statement comes before anybody's second; of these the topic's parties first, then what is
    quoted word for word.
    """
    found: list[tuple[frozenset[int], Quote]] = []
    for article in articles:
        analysis = analyses.get(article.id)
        for statement in analysis.statements if analysis else ():
            quote = _quote(article, statement)
            words = words_of(quote.text)
            if statement.speaker and len(words) >= 3 and not _told(quote, words, found):
                found.append((words, quote))
    turns = _turns([quote for _, quote in found])
    ranked = sorted(
        turns, key=lambda pair: (pair[0], pair[1].statement.side is None, not pair[1].statement.direct)
    )
    return tuple(quote for _, quote in ranked[:most])


def _turns(found: Sequence[Quote]) -> list[tuple[int, Quote]]:
    """Each quote with how many of the same speaker stand before it: «ساليفان» is «المستشار جيك ساليفان»."""
    taken: dict[str, int] = {}
    turns = []
    for quote in found:
        words = fold(quote.statement.speaker or "").split()
        name = words[-1] if words else ""
        turns.append((taken.get(name, 0), quote))
        taken[name] = taken.get(name, 0) + 1
    return turns


def untold(said: Sequence[Quote], sentences: Sequence[Sentence]) -> tuple[Quote, ...]:
    """The quotes whose words do not stand in the sentences that a reader has just read."""
    told = [words_of(sentence.text) for sentence in sentences]
    return tuple(quote for quote in said if not any(_mostly(words_of(quote.text), words) for words in told))


def _mostly(words: frozenset[int], told: frozenset[int]) -> bool:
    return len(words & told) >= _TOLD * max(1, len(words))


def _told(quote: Quote, words: frozenset[int], found: Sequence[tuple[frozenset[int], Quote]]) -> bool:
    """Whether a quote says what another says already; who denies never says the same as who claims."""
    denies = quote.statement.strength is Strength.DENY
    return any(
        same_statement(words, other) and denies is (known.statement.strength is Strength.DENY)
        for other, known in found
    )


def _quote(article: Article, statement: Statement) -> Quote:
    span: Span = statement.span
    return Quote(
        statement=statement,
        article=article.id,
        outlet=article.outlet,
        text=article.text[span.start : span.end],
        url=article.url,
    )

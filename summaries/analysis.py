"""All that is understood of one article, in one pass."""

from collections.abc import Iterable

from summaries.names import Gazetteer
from summaries.origins import find_origins
from summaries.reading import Reading, read
from summaries.relevance import judge
from summaries.statements import find_statements
from summaries.topic import Topic
from summaries.types import Analysis, Article, TopicMatch


class Analyst:
    """Reads articles for topics. Holds nothing but its data; safe to share between threads."""

    def __init__(self, gazetteer: Gazetteer, topics: Iterable[Topic]) -> None:
        self._gazetteer = gazetteer
        self._topics = tuple(topics)

    def read(self, article: Article) -> Reading:
        """Words, sentences and names of an article."""
        return read(article, self._gazetteer)

    def analyse(self, article: Article) -> Analysis:
        """Relevance to each topic, origins and statements."""
        return self.analyse_reading(self.read(article))

    def analyse_reading(self, reading: Reading) -> Analysis:
        """The same, of an article that was read already."""
        return Analysis(
            article=reading.article.id,
            matches=self.relevance(reading),
            origins=find_origins(reading),
            statements=find_statements(reading),
        )

    def relevance(self, reading: Reading) -> tuple[TopicMatch, ...]:
        """How an article stands to each topic."""
        return tuple(judge(reading, topic) for topic in self._topics)

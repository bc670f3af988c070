"""Score whole briefs on a stream: python -m scripts.evaluate_stream DATA [--details]

The labelled articles of DATA/topic stand on their own dates. Time is cut into windows of three days, and each window
that holds a labelled article gets, as noise, its share of what DATA/summaries has of 2018, which nobody labelled. The
windows without a core article, and those of 2018 by themselves, are the quiet ones. Each is briefed as `kawalis brief
--articles` does it. No article is judged by what was learnt from it: its relevance comes of weights that were learnt
without its outlet and year. The texts stay where they are, but for a temporary file.

Right: the share of the stories told that rest on core articles. Found: the share of the core stories of a window
(those of stories.jsonl, and each other core article by itself) that are told. Facts: of the names, numbers and words
in the titles of a core story, how many its sentences say, none where it is not found. Beside it stand the first two
sentences of the right articles; and both once more for the stories that were found, where the choice of sentences is
compared with no loss before it. What was looked at while it was built and what was held back stand apart, too.
"""

import argparse
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from bot.articlefile import ArticleFile
from bot.backtest import told
from scripts.evaluate_data import group_of, held_back, rows, topic_articles, write
from scripts.evaluate_facts import Fact, added, covered, facts, leading, shares
from scripts.evaluate_relevance import weights_without
from summaries.analysis import Analyst
from summaries.names import Gazetteer
from summaries.packaged import packaged_gazetteer
from summaries.reading import Reading
from summaries.relevance import judge
from summaries.topic import Topic
from summaries.types import Article, ArticleId, Brief, BriefStory, TopicMatch

LENGTH = timedelta(days=3)
UNDATED = datetime(2022, 6, 1, tzinfo=UTC)  # the window of the labelled articles without a date
NOISE = ("loo_train", "loo_dev", "nolead_dev")


class Unbiased(Analyst):
    """Judges each article by weights that were learnt without its outlet and year."""

    def __init__(self, gazetteer: Gazetteer, topic: Topic, by_group: dict[str, Topic]) -> None:
        super().__init__(gazetteer, (topic,))
        self._topic, self._by_group = topic, by_group

    def relevance(self, reading: Reading) -> tuple[TopicMatch, ...]:
        return (judge(reading, self._by_group.get(group_of(reading.article), self._topic)),)


@dataclass(slots=True)
class Tally:
    """What was counted over all windows."""

    told: int = 0
    right: int = 0
    wanted: int = 0
    found: int = 0
    split: int = 0
    mixed: int = 0
    sentences: Counter[str] = field(default_factory=Counter)
    facts: dict[str, tuple[int, int]] = field(default_factory=dict)
    leads: dict[str, tuple[int, int]] = field(default_factory=dict)
    found_facts: dict[str, tuple[int, int]] = field(default_factory=dict)
    found_leads: dict[str, tuple[int, int]] = field(default_factory=dict)
    parts: dict[bool, Counter[str]] = field(default_factory=lambda: {False: Counter(), True: Counter()})
    quiet: int = 0
    empty: int = 0
    remarks: list[str] = field(default_factory=list)


class Stream:
    """The labelled articles by window, and the noise."""

    def __init__(self, data: Path) -> None:
        self.articles = {article.id: article for article in topic_articles(data)}
        labels = rows(data / "topic" / "labels.jsonl")
        self.labels = {ArticleId(row["id"]): str(row["label"]) for row in labels}
        listed = rows(data / "topic" / "stories.jsonl")
        self._stories = [frozenset(ArticleId(article) for article in row["articles"]) for row in listed]
        self._noise = noise(data)

    @cached_property
    def labelled(self) -> dict[datetime, list[Article]]:
        return _by_window(self.articles.values())

    @cached_property
    def quiet(self) -> dict[datetime, list[Article]]:
        return _by_window(self._noise)

    def shares(self, count: int) -> list[list[Article]]:
        """The noise in the order of time, in so many equal shares."""
        ordered = sorted(self._noise, key=lambda article: (article.published or UNDATED, article.id))
        return [ordered[len(ordered) * n // count : len(ordered) * (n + 1) // count] for n in range(count)]

    def core_stories(self, inside: Sequence[Article]) -> list[frozenset[ArticleId]]:
        """The core stories among these articles: those that hold a core article."""
        here = {article.id for article in inside}
        core = {article for article in here if self.labels[article] == "core"}
        listed = [story & here for story in self._stories if story & core]
        alone = core - frozenset().union(*listed)
        return [*listed, *(frozenset((article,)) for article in sorted(alone))]


def noise(data: Path) -> list[Article]:
    """The articles behind the reference summaries, each once. Of their dates only the day is known."""
    found: dict[str, Article] = {}
    for name in NOISE:
        for row in rows(data / "summaries" / f"{name}.jsonl.gz"):
            for one in row.get("docs") or [{**row, "src": ""}]:
                day = datetime.strptime(one["date"][:8], "%Y%m%d").replace(tzinfo=UTC)
                found[one["id"]] = Article(
                    id=ArticleId(one["id"]), outlet=one["src"], title=one["title"], text=one["text"],
                    published=day + timedelta(minutes=len(found) % 1440),
                )  # fmt: skip
    return list(found.values())


def _by_window(articles: Iterable[Article]) -> dict[datetime, list[Article]]:
    found: dict[datetime, list[Article]] = defaultdict(list)
    for article in articles:
        at = article.published or UNDATED
        start = datetime(1970, 1, 1, tzinfo=UTC)
        found[start + (at - start) // LENGTH * LENGTH].append(article)
    return dict(sorted(found.items()))


def _into(start: datetime, articles: Sequence[Article]) -> Iterator[Article]:
    """The articles spread evenly over a window."""
    for place, article in enumerate(articles):
        yield replace(article, published=start + LENGTH * (place + 0.5) / len(articles))


def brief(
    articles: Iterable[Article], analyst: Analyst, topic: Topic, start: datetime, folder: Path
) -> Brief:
    """The brief of one window, through a file, as the command makes it."""
    file = folder / "window.jsonl"
    write(file, (_row(article) for article in articles))
    with ArticleFile.opened(file) as given:
        return told(given, given.places()[0], analyst, topic, (start, start + LENGTH), lambda found: found)


def _row(article: Article) -> dict[str, Any]:
    published = article.published.isoformat() if article.published else None
    return {"id": article.id, "title": article.title, "text": article.text, "outlet": article.outlet,
            "published": published, "url": article.url}  # fmt: skip


def briefed(
    stream: Stream, analyst: Analyst, topic: Topic, folder: Path
) -> Iterator[tuple[list[Article], Brief]]:
    """Each window's labelled articles with its brief: first those that hold some, then the quiet ones."""
    noise_shares = stream.shares(len(stream.labelled))
    for (start, inside), share in zip(stream.labelled.items(), noise_shares, strict=True):
        yield inside, brief([*inside, *_into(start, share)], analyst, topic, start, folder)
    for start, articles in stream.quiet.items():
        yield [], brief(articles, analyst, topic, start, folder)


class Counting:
    """Counts what the briefs got right."""

    def __init__(self, stream: Stream, gazetteer: Gazetteer) -> None:
        self._stream, self._gazetteer = stream, gazetteer
        self.tally = Tally()

    def count(self, inside: Sequence[Article], made: Brief) -> None:
        """Add one window."""
        wanted, tally = self._stream.core_stories(inside), self.tally
        for story in made.stories if inside else ():
            self._story(story, wanted)
        for one in wanted:
            self._wanted(one, made)
        if not wanted:
            tally.quiet, tally.empty = tally.quiet + 1, tally.empty + (not made.stories)
            tally.remarks += [f"on a quiet day: {story.headline}" for story in made.stories]

    def _story(self, story: BriefStory, wanted: Sequence[frozenset[ArticleId]]) -> None:
        tally = self.tally
        resting = [span.article for sentence in story.sentences for span in sentence.spans]
        labels = [self._stream.labels.get(article, "unlabelled") for article in resting]
        members = {member.article for member in story.members}
        right = labels.count("core") * 2 >= len(labels)
        together = [sorted(one) for one in wanted if one & members]
        tally.told, tally.right = tally.told + 1, tally.right + right
        tally.mixed += len(together) > 1
        tally.sentences.update(labels)
        if not right:
            tally.remarks.append(f"wrong ({labels[0]}): {story.headline} {sorted(members)}")
        if len(together) > 1:
            tally.remarks.append(f"mixed: {story.headline} {together}")

    def _wanted(self, wanted: frozenset[ArticleId], made: Brief) -> None:
        tally, articles = self.tally, self._stream.articles
        core = sorted(article for article in wanted if self._stream.labels[article] == "core")
        telling = [s for s in made.stories if any(member.article in core for member in s.members)]
        tally.wanted, tally.found = tally.wanted + 1, tally.found + bool(telling)
        tally.split += len(telling) > 1
        if len(telling) != 1:
            titles = " | ".join(articles[article].title for article in core)
            tally.remarks.append(f"{'split' if telling else 'not found'}: {titles} {core}")
        vital = frozenset[Fact]().union(*(facts(articles[one].title, self._gazetteer) for one in wanted))
        said = "\n".join(sentence.text for story in telling for sentence in story.sentences)
        leads = leading([articles[article].text for article in core])
        in_brief, in_leads = (covered(vital, facts(text, self._gazetteer)) for text in (said, leads))
        tally.facts, tally.leads = added(tally.facts, in_brief), added(tally.leads, in_leads)
        if telling:
            tally.found_facts = added(tally.found_facts, in_brief)
            tally.found_leads = added(tally.found_leads, in_leads)
        part = tally.parts[held_back(articles[core[0]])]
        part.update(wanted=1, found=bool(telling), said=in_brief["all"][0], facts=len(vital))


def evaluate(data: Path) -> Tally:
    """Brief every window and count."""
    topic, by_group = weights_without(data)
    gazetteer, stream = packaged_gazetteer(), Stream(data)
    counting, analyst = Counting(stream, gazetteer), Unbiased(gazetteer, topic, by_group)
    with tempfile.TemporaryDirectory() as folder:
        for inside, made in briefed(stream, analyst, topic, Path(folder)):
            counting.count(inside, made)
    return counting.tally


def table(tally: Tally) -> str:
    """The figures beside their goals."""
    total = sum(tally.sentences.values())
    off = tally.sentences["off"] + tally.sentences["unlabelled"]
    beside = f"{off} of {total}; touch it: {tally.sentences['touches']}"
    lines = [
        ("core stories right", tally.right, tally.told, ".90", f"{tally.right} of {tally.told} told"),
        ("core stories found", tally.found, tally.wanted, ".90", f"{tally.found} of {tally.wanted}"),
        ("sentences off topic", off, total, "<.03", beside),
        ("vital facts", *tally.facts["all"], ".85", shares(tally.facts)),
        ("  two leading sentences of right articles", *tally.leads["all"], "", shares(tally.leads)),
        ("vital facts of stories found", *tally.found_facts["all"], "", shares(tally.found_facts)),
        (
            "  two leading sentences of their articles",
            *tally.found_leads["all"],
            "",
            shares(tally.found_leads),
        ),
        ("quiet days left empty", tally.empty, tally.quiet, "1", f"{tally.empty} of {tally.quiet}"),
    ]
    shown = [
        f"{name:<42} {hits / max(1, of):>5.3f} {goal:>5}  {note}".replace(" 0.", "  .")
        for name, hits, of, goal, note in lines
    ]
    return "\n".join([*shown, *_parts(tally), f"core stories split: {tally.split}, mixed: {tally.mixed}"])


def _parts(tally: Tally) -> Iterator[str]:
    for back, part in tally.parts.items():
        if part["wanted"]:
            facts_said = f"facts said {part['said'] / max(1, part['facts']):.3f}"
            yield f"{'held back' if back else 'looked at'}: found {part['found']} of {part['wanted']}, {facts_said}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--details", action="store_true", help="what was wrong, not found, split or mixed")
    given = parser.parse_args()
    tally = evaluate(given.data)
    if given.details:
        print("\n".join(tally.remarks))
    print(table(tally))


if __name__ == "__main__":
    main()

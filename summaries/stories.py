"""Stories: articles on one event, grouped as they come.

An article is a vector of its stems, names and numbers, the title's counted more, each weighing more the rarer it
is in the news (a packaged table, mixed with what was seen lately). It joins the story whose members it resembles
most: the mean of the likeness to the nearest member and to all, so that a chain of neighbours does not grow into
one story. Where one did all the same, it is split as soon as two parts show. Likeness fades with the days between.
Near-duplicates (MinHash) are alike whatever their words weigh.

Single-pass clustering after Allan, Papka and Lavrenko, "On-line new event detection and tracking" (SIGIR 1998), and
average linkage against chaining. Neighbours are looked for through postings of bounded length, and stories are
compared by a bounded number of members, so that the cost of an article does not grow with the archive.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TypeVar

from summaries.duplicates import Fingerprint, bands, containment, fingerprint, resemblance
from summaries.packaged import stem_shares
from summaries.parting import BETWEEN, average, parted
from summaries.reading import Parsed, Reading
from summaries.text import stop_words
from summaries.topic import Topic
from summaries.types import ArticleId, Span, StoryId

WINDOW = timedelta(days=4)  # within which likeness fades slowly
FARTHEST = timedelta(
    days=35
)  # how far apart two articles of one story may be, for stamps can be those of a copy
JOIN = 0.2  # likeness from which an article joins
MERGE = 0.34  # likeness to a second story from which the two are one
_CLOSE = (
    1.5 * BETWEEN
)  # average likeness that two stories need to be merged, so that they are not split again
_OPENING = 700  # characters of the body that count: what follows is background
_TITLE = 3  # how often a title's word counts
_TERMS = 80  # of an article, the weightiest
_KEYS = 14  # of these, by which neighbours are looked for
_POSTING = 60  # the latest articles kept for a key
_COPIES = 8  # the latest articles kept for a part of a fingerprint
_LATEST = 20  # of a posting, the latest that are read for one article
_LOOKS = 60  # entries of postings that are read for one article, those of the rarest keys first
_NEIGHBOURS = 8
_WORTH = 0.15  # of the nearest neighbour's, what another must share with an article to be compared
_PROMISING = 0.1  # likeness to a neighbour from which its whole story is compared
_MEMBERS = 6  # of a story, the latest, that stand for all
_SWEEP = 5000  # articles between two looks for what is too old
_PRIOR = 1000  # articles' worth of trust in the packaged table
_SAME_DAY = 1.15  # how much likeness counts within a day
_A_DAY = 0.2  # how much less with each day more
_LATE = 0.6  # beyond the window
_UNDATED = 0.5  # how much likeness counts where a date is missing


_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class Features:
    """What grouping knows of an article."""

    counts: Mapping[str, int]
    print: Fingerprint


@dataclass(frozen=True, slots=True)
class Split:
    """Articles that left a story, `old`, which goes on with the others, for a story of their own, `new`."""

    old: StoryId
    new: StoryId
    articles: tuple[ArticleId, ...]


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an article went. `merged`: stories that are now part of `story_id`, or of the story it was split from.
    `split`: what this article showed to be another event than the rest of its story.
    """

    story_id: StoryId
    merged: tuple[StoryId, ...] = ()
    split: Split | None = None


@dataclass(frozen=True, slots=True)
class _Member:
    article: ArticleId
    at: float | None  # days since 1970
    weights: Mapping[str, float]
    print: Fingerprint


def features(reading: Reading) -> Features:
    """What grouping needs of a reading: counted stems of title and opening, and a fingerprint of all words."""
    counts: Counter[str] = Counter()
    _count(reading.title, _TITLE, len(reading.title.text), counts)
    _count(reading.body, 1, _OPENING, counts)
    words = [token.folded for parsed in (reading.title, reading.body) for token in parsed.tokens]
    return Features(counts=counts, print=fingerprint(words))


def names_a_party(reading: Reading, topic: Topic) -> bool:
    """Whether what is compared of an article names a party of the topic: else it tells no story with it."""
    opening = reading.body.mentions_in(Span(start=0, end=_OPENING))
    sides = {side for m in (*reading.title.mentions, *opening) for side in (m.name.side, m.name.country)}
    return any(topic.party_of(side) for side in sides)


def _count(parsed: Parsed, times: int, until: int, counts: Counter[str]) -> None:
    for token, stem in zip(parsed.tokens, parsed.first_stems(until), strict=False):
        if token.folded not in stop_words and len(stem) > 1:
            counts[stem] += times


class StoryIndex:
    """Groups articles in the order in which they come. Deterministic; holds the last days only.

    Articles further apart than `farthest` are not of one story. The default allows for stamps that are those of a
    copy; where the times are known, `WINDOW` is right.
    """

    def __init__(self, farthest: timedelta = FARTHEST) -> None:
        self._farthest = farthest / timedelta(days=1)
        self._stories: dict[ArticleId, StoryId] = {}
        self._merged: dict[StoryId, StoryId] = {}
        # Tuples, the latest last: most keys hold one article, and an empty list or deque weighs more than that.
        self._members: dict[StoryId, tuple[_Member, ...]] = {}
        self._postings: dict[str, tuple[_Member, ...]] = {}
        self._copies: dict[int, tuple[_Member, ...]] = {}
        self._held: Counter[str] = Counter()
        self._stems: dict[str, str] = {}  # each stem once in memory, whoever holds it
        self._seen = 0

    @classmethod
    def restore(
        cls,
        kept: Iterable[tuple[Features, datetime | None, ArticleId, StoryId]],
        farthest: timedelta = FARTHEST,
    ) -> "StoryIndex":
        """The index of articles that were placed before, in the order in which they were placed."""
        index = cls(farthest)
        for found, at, article, story in kept:
            index._keep(index._member(found, at, article), story)
        return index

    def place(self, found: Features, at: datetime | None, article: ArticleId) -> Placement:
        """Put an article into a story, perhaps a new one, which bears the article's id. Naive times are UTC.

        Placing an article again leaves it where it is.
        """
        if article in self._stories:
            return Placement(self.story_of(article))
        member = self._member(found, at, article)
        ranked = self._ranked(member)
        story, merged = StoryId(str(article)), tuple[StoryId, ...]()
        if ranked and ranked[0][0] >= JOIN:
            story, merged = self._joined(ranked)
        self._keep(member, story)
        split = self._split(story)
        return Placement(self.story_of(article), merged, split)

    def pass_over(self, found: Features) -> None:
        """Count the words of an article that is placed nowhere: they weigh less for being common."""
        self._held.update(found.counts.keys())
        self._seen += 1

    def near(self, found: Features, at: datetime | None, article: ArticleId) -> list[tuple[StoryId, float]]:
        """The stories an article would be compared with and how alike they are, the nearest first; it joins the
        first from `JOIN` on. Nothing is placed.
        """
        return [(story, likeness) for likeness, story in self._ranked(self._member(found, at, article))]

    def story_of(self, article: ArticleId) -> StoryId:
        """The story of a placed article, after all merges. Raises KeyError where it was never placed."""
        return self._current(self._stories[article])

    def _current(self, story: StoryId) -> StoryId:
        while story in self._merged:
            story = self._merged[story]
        return story

    def _member(self, found: Features, at: datetime | None, article: ArticleId) -> _Member:
        return _Member(article, None if at is None else _days(at), self._weights(found.counts), found.print)

    def _weights(self, counts: Mapping[str, int]) -> dict[str, float]:
        table, total = stem_shares(), _PRIOR + self._seen
        weighed = {
            stem: (1 + math.log(count))
            * -math.log((_PRIOR * table.get(stem, 0.001) + self._held[stem] + 0.02) / (total + 1))
            for stem, count in counts.items()
        }
        best = sorted(weighed.items(), key=lambda item: (-item[1], item[0]))[:_TERMS]
        length = math.sqrt(sum(value * value for _, value in best)) or 1.0
        return {self._stems.setdefault(stem, stem): value / length for stem, value in best}

    def _ranked(self, member: _Member) -> list[tuple[float, StoryId]]:
        """The stories near a member with their likeness, the nearest first."""
        near = {
            self.story_of(other.article)
            for other in self._neighbours(member)
            if _alike(member, other, self._farthest) >= _PROMISING
        }
        found = [(self._likeness(member, story), story) for story in near]
        return sorted(found, key=lambda item: (-item[0], item[1]))

    def _neighbours(self, member: _Member) -> list[_Member]:
        shared, known = self._sharing(member)
        floor = _WORTH * min(1.0, max(shared.values(), default=0.0))
        ranked = sorted((-share, article) for article, share in shared.items() if share >= floor)
        near = (known[article] for _, article in ranked)
        timely = (other for other in near if _fading(member.at, other.at, self._farthest) > 0.0)
        return list(islice(timely, _NEIGHBOURS))

    def _sharing(self, member: _Member) -> tuple[dict[ArticleId, float], dict[ArticleId, _Member]]:
        """What other articles share with a member, by a bounded number of looks, and who they are."""
        shared: dict[ArticleId, float] = defaultdict(float)
        known: dict[ArticleId, _Member] = {}
        keys = [
            (stem, weight) for stem, weight in islice(member.weights.items(), _KEYS) if stem in self._postings
        ]
        looks = _LOOKS
        for stem, weight in sorted(keys, key=lambda key: len(self._postings[key[0]])):
            for other in islice(reversed(self._postings[stem]), min(looks, _LATEST)):
                shared[other.article] += weight * other.weights[stem]
                known[other.article] = other
                looks -= 1
        for band in bands(member.print):
            for other in self._copies.get(band, ()):
                shared[other.article] += 1.0
                known[other.article] = other
        return shared, known

    def _likeness(self, member: _Member, story: StoryId) -> float:
        alike = [_alike(member, other, self._farthest) for other in self._members.get(story, ())]
        if not alike:
            return 0.0
        return (max(alike) + sum(alike) / len(alike)) / 2

    def _joined(self, ranked: list[tuple[float, StoryId]]) -> tuple[StoryId, tuple[StoryId, ...]]:
        """The story that an article joins, with those that it shows to be the same."""
        story, merged = ranked[0][1], []
        for likeness, other in ranked[1:3]:
            if likeness >= MERGE and self._linkage(story, other) >= JOIN and self._close(story, other):
                self._merge(other, story)
                merged.append(other)
        return story, tuple(merged)

    def _linkage(self, one: StoryId, other: StoryId) -> float:
        members = self._members[one]
        return sum(self._likeness(member, other) for member in members) / max(1, len(members))

    def _close(self, one: StoryId, other: StoryId) -> bool:
        """Whether two stories would not be split again if they were one."""
        ones, others = self._members[one], self._members[other]
        if average(ones, others, _resembling) < _CLOSE:
            return False
        return parted([*ones, *others], _resembling) is None

    def _split(self, story: StoryId) -> Split | None:
        """Give the later part of a story an id of its own where its members are of two events."""
        parts = parted(list(self._members[story]), _resembling)
        if parts is None:
            return None
        older, newer = sorted(parts, key=lambda part: all(str(member.article) != story for member in part))
        free = (StoryId(str(member.article)) for member in newer)
        new = next((name for name in free if name not in self._merged and name not in self._members), None)
        if new is None:
            return None
        self._members[story], self._members[new] = tuple(older), tuple(newer)
        self._stories.update({member.article: new for member in newer})
        return Split(story, new, tuple(member.article for member in newer))

    def _merge(self, gone: StoryId, into: StoryId) -> None:
        self._merged[gone] = into
        self._members[into] = (*self._members[into], *self._members.pop(gone, ()))[-_MEMBERS:]

    def _keep(self, member: _Member, story: StoryId) -> None:
        self._stories[member.article] = story
        _put(self._members, story, member, _MEMBERS)
        for stem in islice(member.weights, _KEYS):
            _put(self._postings, stem, member, _POSTING)
        for key in bands(member.print):
            _put(self._copies, key, member, _COPIES)
        self._held.update(member.weights.keys())
        self._seen += 1
        if self._seen % _SWEEP == 0 and member.at is not None:
            self._forget(member.at)

    def _forget(self, now: float) -> None:
        """Let go of what nothing can join any more, but for the ids."""
        _drop_old(self._members, now, self._farthest)
        _drop_old(self._postings, now, self._farthest)
        _drop_old(self._copies, now, self._farthest)


def _put(held: dict[_Key, tuple[_Member, ...]], key: _Key, member: _Member, most: int) -> None:
    held[key] = (*held.get(key, ()), member)[-most:]


def _drop_old(held: dict[_Key, tuple[_Member, ...]], now: float, farthest: float) -> None:
    """Let go of keys whose latest article is too old, and of the old ones before it."""
    for key, kept in list(held.items()):
        late = next((n for n, member in enumerate(kept) if _fading(member.at, now, farthest)), len(kept))
        if late == len(kept):
            del held[key]
        elif late:
            held[key] = kept[late:]


def _alike(one: _Member, other: _Member, farthest: float) -> float:
    """The likeness of two articles, 0..1: the cosine of their vectors, or the share of copied text."""
    fading = _fading(one.at, other.at, farthest)
    return fading * _resembling(one, other) if fading else 0.0


def _resembling(one: _Member, other: _Member) -> float:
    """The likeness of two articles, whenever they appeared: time alone splits no story."""
    copied = resemblance(one.print, other.print)
    if copied >= 0.4 or (copied and containment(one.print, other.print) >= 0.7):
        return 1.0
    return sum(weight * other.weights.get(stem, 0.0) for stem, weight in one.weights.items())


def _fading(one: float | None, other: float | None, farthest: float) -> float:
    if one is None or other is None:
        return _UNDATED
    days = abs(one - other)
    if days > farthest:
        return 0.0
    if days > WINDOW.days:
        return _LATE
    return _SAME_DAY if days < 1 else 1.0 - _A_DAY * (days - 1)


def _days(at: datetime) -> float:
    return at.replace(tzinfo=at.tzinfo or UTC).timestamp() / 86_400

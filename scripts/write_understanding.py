"""Write docs/how-it-understands.md: one article of the sample newsroom with every decision and its reason.

    python -m scripts.write_understanding

Nothing in the document is written by hand but the sentences between the tables, so that a test can tell when it has
gone stale.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.sample.newsroom import SAMPLE_NOW, read_outlets
from bot.texts import texts
from summaries.analysis import Analyst
from summaries.names import Mention
from summaries.origins.credits import credit_of, outlets
from summaries.packaged import packaged_gazetteer, packaged_topics
from summaries.reading import Parsed, Reading
from summaries.relations import Bond, Relation
from summaries.relevance import Zone, judge, measure, probability, read_zones
from summaries.stories import JOIN, StoryIndex, features
from summaries.topic import Topic
from summaries.types import Article, ArticleId, Statement

DOCUMENT = Path(__file__).parent.parent / "docs" / "how-it-understands.md"
EXAMPLE = "politics/52063-axios-doha-team"
_LEAST = 0.05  # of a feature's share in the sum, below which it is not worth a row
_TEMPLATE = """\
# How it understands

One article goes through, with every decision and its reason. It is from the packaged sample newsroom: our own
words about invented outlets. The page is made from the code (`python -m scripts.write_understanding`), and a
test compares the two.

> **{title}**
{text}

*{outlet}, {published}.*

## 1. Reading

`summaries/text` and `summaries/names`. The text is never changed: spellings are folded beside it (أ إ آ → ا,
ة → ه, ى → ي, no harakat, ASCII digits), and every offset points into the text as given. {counts} A name is
found behind its clitics (و ف ب ل ك), in time linear in the text, the longest first; who belongs to which side
is data (`summaries/data/gazetteer`).

{names}

An outlet has no side: an American *source* is not an American *party*.

## 2. Relevance: **{label}**

`summaries/relevance.py` and `relations.py`, for the topic `{topic}`. The question is who acts on whom, with
which word, and where. Title, lead (the first paragraph, at most two sentences) and body are read apart; a cue
word of the topic is joined to the parties around it. *Full* means that one party acts on the other, *half*
that only one is in reach, *none* that a third side or both together are meant.

{relations}

What was found becomes a few numbers, and each has a weight that `scripts/train_relevance.py` learnt. No word
weighs by itself: what is learnt on one year holds in another.

{weights}

The sum {total} makes a probability of **{score}**; core begins at {core}. {touches}The reasons as a reader
sees them:

{reasons}

## 3. Origins: **{origins}**

`summaries/origins`. For each outlet that the article names: how do the words before it credit it?

{credits}

A credit in the title, the opening, a dateline or the last line makes an origin; an interview, a photo's
credit and the article's own outlet do not. Of a chain («رويترز نقلا عن أكسيوس») both are named, and who only
passed it on does not count.

## 4. Who said what

`summaries/statements`. A verb of saying as written, its speaker, its words, and what joins them. The speaker is
a noun phrase: it ends where another name, an object, an adverb or an aside begins. Where none is named, it is
whoever spoke last and agrees with the verb in gender, or the subject of the sentence before, under the fullest
name of the text. The words end where the narrator or another verb of saying takes over. Speaker and relay stay
apart.

What denies (`summaries/claims.py`) is linked to the claim with which it shares enough rare words, in an earlier
article of the story or its own, never to the denier's own words. `summaries/terms.py` counts outside quotation
marks which outlet writes which term for the same thing.

{statements}

## 5. Story: **{story}**

`summaries/stories.py`. The articles of the newsroom came before it in the order of publication. It is
compared with the stories that share its weightiest stems and names; likeness is a cosine that fades with the
days between, from the nearest member and from all. From {join} on it joins, else it begins a story that bears
its id.

{near}

What came after it and joined its story:

{joined}
"""


def example() -> tuple[Article, list[Article], list[Article]]:
    """The article, and those of the sample newsroom that were published before and after it, in order."""
    articles = [
        Article(
            id=ArticleId(piece.path),
            outlet=outlet.name,
            title=piece.title,
            text="\n".join(piece.paragraphs),
            published=piece.published,
        )
        for outlet in read_outlets()
        for piece in outlet.pieces
    ]
    ordered = sorted(articles, key=lambda article: (article.published or SAMPLE_NOW, article.id))
    place = next(place for place, article in enumerate(ordered) if article.id == EXAMPLE)
    return ordered[place], ordered[:place], ordered[place + 1 :]


def document() -> str:
    """The whole document as the code would have it now."""
    article, earlier, later = example()
    topic = packaged_topics()[0]
    analyst = Analyst(packaged_gazetteer(), (topic,))
    reading = analyst.read(article)
    analysis = analyst.analyse_reading(reading)
    published = article.published.strftime("%d %B %Y, %H:%M %z") if article.published else ""
    return _TEMPLATE.format(
        title=article.title,
        text="\n".join(f">\n> {paragraph}" for paragraph in article.text.split("\n")),
        outlet=article.outlet,
        published=published,
        counts=_counts(reading),
        names=_table(("as written", "name", "kind", "side"), _names(reading)),
        topic=topic.id,
        origins=", ".join(origin.name for origin in analysis.origins) or "none",
        credits=_table(("as written", "before it", "credit"), _credits(reading)),
        statements=_table(
            ("speaker", "verb", "strength", "kind", "through", "words"),
            _statements(article, analysis.statements),
        ),
        join=JOIN,
        **_relevance(reading, topic),
        **_story(analyst, reading, earlier, later),
    )


def _counts(reading: Reading) -> str:
    body = reading.body
    return (
        f"Here: {len(body.paragraphs)} paragraphs, {len(body.sentences)} sentences, {len(body.tokens)} words, "
        f"{len(reading.title.mentions) + len(body.mentions)} names."
    )


def _names(reading: Reading) -> Iterator[tuple[str, ...]]:
    seen: set[str] = set()
    for parsed in (reading.title, reading.body):
        for mention in parsed.mentions:
            written = parsed.text[mention.start : mention.end]
            if written not in seen:
                seen.add(written)
                yield written, mention.name.canonical, mention.name.kind, mention.name.side or "–"


def _relevance(reading: Reading, topic: Topic) -> dict[str, str]:
    zones, match = read_zones(reading, topic), judge(reading, topic)
    found, weights = measure(zones), topic.weights["core"]
    shares = {name: weights[name] * found.get(name, 1.0 if name == "bias" else 0.0) for name in weights}
    rows = [
        (name, "–" if name == "bias" else f"{found[name]:.2f}", f"{weights[name]:+.2f}", f"{share:+.2f}")
        for name, share in sorted(shares.items(), key=lambda item: -abs(item[1]))
        if abs(share) >= _LEAST
    ]
    spoken = texts("en")
    reasons = [spoken(f"reason.{reason.code}", **reason.values) for reason in match.reasons]
    near = probability(found, topic.weights["touches"])
    return {
        "label": str(match.label),
        "relations": _table(("where", "word", "kind", "who", "on whom", "bond"), _relations(zones)),
        "weights": _table(("what", "value", "weight", "share"), rows),
        "total": f"{sum(shares.values()):+.2f}",
        "score": f"{match.score:.2f}",
        "core": f"{topic.thresholds['core']:.2f}",
        "touches": f"Below it, {topic.thresholds['touches']:.2f} of a second sum of the same kind would make it "
        f"*touches* (here {near:.2f}). ",
        "reasons": "\n".join(f"- {reason}" for reason in reasons),
    }


def _relations(zones: Iterable[Zone]) -> Iterator[tuple[str, ...]]:
    for zone in zones:
        for relation in zone.relations:
            if relation.bond > Bond.NONE or zone.where != "body":
                yield zone.where, *_relation(relation, zone.parsed)


def _relation(relation: Relation, parsed: Parsed) -> tuple[str, ...]:
    actors = [
        "–"
        if actor is None
        else parsed.text[parsed.tokens[actor.first].start : parsed.tokens[actor.last].end]
        for actor in (relation.subject, relation.target)
    ]
    return parsed.tokens[relation.place].text, relation.cue.kind, *actors, relation.bond.name.lower()


def _credits(reading: Reading) -> Iterator[tuple[str, ...]]:
    for parsed in (reading.title, reading.body):
        for mention in outlets(parsed):
            colon = parsed is reading.title and parsed.text[mention.end :].lstrip().startswith(":")
            credit = "the title gives it the word" if colon else credit_of(parsed, mention.start) or "none"
            yield parsed.text[mention.start : mention.end], _before(parsed, mention), str(credit)


def _before(parsed: Parsed, mention: Mention) -> str:
    line = parsed.text[: mention.start].rpartition("\n")[2]
    return "…" + line[-28:].strip() if line.strip() else "(opens the text)"


def _statements(article: Article, statements: Iterable[Statement]) -> Iterator[tuple[str, ...]]:
    for said in statements:
        words = article.text[said.span.start : said.span.end]
        short = words if len(words) <= 60 else words[:60].rpartition(" ")[0] + " …"
        kind = "direct" if said.direct else "indirect"
        yield said.speaker or "–", said.verb or "–", said.strength, kind, said.relay or "–", short


def _story(
    analyst: Analyst, reading: Reading, earlier: Iterable[Article], later: Iterable[Article]
) -> dict[str, str]:
    index, article = StoryIndex(), reading.article
    titles: dict[str, str] = {article.id: article.title}
    for other in earlier:
        titles[other.id] = other.title
        index.place(features(analyst.read(other)), other.published, other.id)
    found = features(reading)
    near = index.near(found, article.published, article.id)[:4]
    story = index.place(found, article.published, article.id).story_id
    rows = [(titles[one], f"{likeness:.2f}", "joins" if one == story else "–") for one, likeness in near]
    name = f"that of «{titles[story]}»" if story != article.id else "a new one"
    joined = []
    for other in later:
        read = features(analyst.read(other))
        alike = dict(index.near(read, other.published, other.id)).get(story, 0.0)
        if index.place(read, other.published, other.id).story_id == story:
            joined.append((other.outlet, other.title, f"{alike:.2f}"))
    return {
        "story": name,
        "near": _table(("story, by its first title", "likeness", "decision"), rows),
        "joined": _table(("outlet", "title", "likeness"), joined),
    }


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *([_cell(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "/").replace("\n", " ")


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")

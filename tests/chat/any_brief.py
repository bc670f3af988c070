"""Whatever outlets can write, for every renderer: briefs and stories with hostile names, long words, mixed scripts."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from adapters.chat.message import Message
from bot.presenting.alerts import alert_message, batch_message, denial_message
from bot.presenting.briefs import sources_message, story_message, who_message
from bot.presenting.timelines import timeline_message
from bot.texts import Texts
from summaries.brief import Event, EventKind
from summaries.types import (
    ArticleId,
    Brief,
    BriefStory,
    Claim,
    Coverage,
    Member,
    Origin,
    OriginKind,
    Quote,
    Sentence,
    SourceSpan,
    Span,
    State,
    Statement,
    StoryId,
    Strength,
    TermCount,
    TopicId,
)  # fmt: skip

AT = datetime(2024, 3, 28, 9, tzinfo=UTC)
HOSTILE = (
    "<!channel>", "<!here|@here>", "<@U0READER>", "<#C0NEWS|news>", "<!subteam^S1>", "@channel", "*bold*", "_line_",
    "~wave~", "`tick`", "```", ":smile:", "<https://e.org|here>", "&amp;", "&", "<", ">", "|", "\u202e", "\u2066", "🇵🇸",
    "👩‍👩‍👧",
    "؟", "،", "«قال»", "رفح", "Axios", "1,800", "\u064e" * 9, "\ud83d", "\n", "\t", "\x00", "> quoted", "• x", "/brief",
)  # fmt: skip
PHRASES = st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=8).map(" ".join)
LONG = st.builds(lambda part, times: (part + " ") * times, PHRASES, st.sampled_from([1, 1, 1, 1, 60]))
WORDS = st.one_of(PHRASES, st.text(min_size=1, max_size=60), LONG)
NAMES = st.one_of(PHRASES, st.text(min_size=1, max_size=30))
URLS = st.sampled_from(
    [
        "https://dar.example/1?a=1&b=2",
        "https://dar.example/|x",
        "javascript:alert(1)",
        "",
        "https://d.example/" + "ا" * 4000,
    ]
)
IDS = st.integers(0, 3).map(lambda n: ArticleId(f"a{n}"))
TIMES = st.one_of(st.none(), st.integers(0, 10_000).map(lambda minutes: AT - timedelta(minutes=minutes)))
SPANS = st.builds(SourceSpan, article=IDS, start=st.just(0), end=st.just(1))
STATEMENTS = st.builds(
    Statement, span=st.just(Span(start=0, end=1)), speaker=st.one_of(st.none(), NAMES), direct=st.booleans(),
    verb=st.one_of(st.none(), NAMES), strength=st.sampled_from(Strength), role=st.one_of(st.none(), NAMES),
    unnamed=st.booleans(), link=st.sampled_from([None, "إن", "أن"]),
)  # fmt: skip
CLAIMS = st.builds(
    Claim, where=SPANS, outlet=NAMES, text=WORDS, speaker=st.one_of(st.none(), NAMES), url=URLS
)
QUOTES = st.builds(
    Quote, statement=STATEMENTS, article=IDS, outlet=NAMES, text=WORDS, url=URLS, denies=st.one_of(st.none(), CLAIMS)
)  # fmt: skip
STORIES = st.builds(
    BriefStory, id=st.integers(0, 99).map(lambda n: StoryId(f"s{n}")), headline=WORDS, headline_article=IDS,
    state=st.sampled_from(State),
    members=st.lists(
        st.builds(Member, article=IDS, outlet=NAMES, title=WORDS, url=URLS, published=TIMES), min_size=1, max_size=4
    ).map(tuple),
    origins=st.lists(st.builds(Origin, name=NAMES, kind=st.sampled_from(OriginKind)), max_size=3).map(tuple),
    sentences=st.lists(
        st.builds(Sentence, text=WORDS, shown=WORDS, spans=SPANS.map(lambda s: (s,)), url=URLS), min_size=1, max_size=3
    ).map(tuple),
    quotes=st.lists(QUOTES, max_size=4).map(tuple),
    terms=st.lists(
        st.builds(TermCount, concept=NAMES, term=NAMES, outlet=NAMES, count=st.integers(1, 9), url=URLS), max_size=2
    ).map(tuple),
)  # fmt: skip
BRIEFS = st.builds(
    Brief, topic=st.just(TopicId("t")), start=st.just(AT - timedelta(days=1)), end=st.just(AT),
    stories=st.lists(STORIES, max_size=12).map(tuple),
    coverage=st.builds(
        Coverage, sources=st.integers(0, 50), answered=st.integers(0, 50), failed=st.lists(NAMES, max_size=8).map(tuple)
    ),
    sample=st.booleans(),
)  # fmt: skip
LANGUAGES = st.sampled_from(["ar", "en"])


def looks(story: BriefStory, word: str, spoken: Texts) -> tuple[Message, ...]:
    """Every look at a story and every alert on it: its card, who said what, its sources, its timeline."""
    events = [
        Event(at=None, kind=kind, outlet=quote.outlet, text=quote.text, article=quote.article, url=quote.url,
              quote=quote if kind is EventKind.DENIAL else None)
        for kind in EventKind for quote in story.quotes
    ]  # fmt: skip
    return (
        story_message(story, spoken), who_message(story, spoken), sources_message(story, spoken),
        timeline_message(story.headline, events, (), spoken), alert_message(word, story, word, spoken),
        denial_message(story, story.quotes, spoken), batch_message([(story, word)] * 3, spoken),
    )  # fmt: skip

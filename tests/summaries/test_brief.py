"""Composing briefs."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from summaries.belonging import LONE, Held
from summaries.brief import EventKind, Seen, StoryMaterial, compose, held, seen_after, timeline
from summaries.resolve import dates, shown
from summaries.telling import bare_title, quotes, untold
from summaries.types import (
    Analysis,
    Article,
    ArticleId,
    Brief,
    Coverage,
    Label,
    Span,
    State,
    Statement,
    StoryId,
    Strength,
    TopicId,
    TopicMatch,
)

TOPIC = TopicId("harbour")
NOW = datetime(2031, 5, 7, 9, tzinfo=UTC)  # a Wednesday
LEAD = "رفضت نقابة البحارة عرض وزارة النقل زيادة الأجور خمسة بالمئة في ميناء الصفاء."
NEXT = "وأضاف أن الإضراب سيستمر حتى يقبل الوزير مطالب العمال كلها."
DENIAL = "نفى متحدث باسم الوزارة وجود أي عرض جديد لإنهاء الإضراب في الميناء."


def _article(name: str, title: str, text: str, hours: float = 2, outlet: str = "صوت البحر") -> Article:
    return Article(
        id=ArticleId(name), outlet=outlet, title=title, text=text, url=f"https://news.example/{name}",
        published=NOW - timedelta(hours=hours),
    )  # fmt: skip


def _analysis(article: Article, label: Label, *statements: Statement) -> Analysis:
    match = TopicMatch(topic=TOPIC, label=label, score=0.9)
    return Analysis(article=article.id, matches=(match,), origins=(), statements=statements)


def _material(*given: tuple[Article, Analysis]) -> StoryMaterial:
    return StoryMaterial(
        id=StoryId(str(given[0][0].id)),
        articles=tuple(article for article, _ in given),
        analyses={article.id: analysis for article, analysis in given},
    )


def _said(article: Article, words: str, speaker: str, strength: Strength = Strength.SAY) -> Statement:
    at = article.text.index(words)
    verb = "نفى" if strength is Strength.DENY else "أضاف"
    return Statement(
        span=Span(start=at, end=at + len(words)),
        speaker=speaker,
        direct=False,
        verb=verb,
        strength=strength,
        side="union",
    )


def _compose(*materials: StoryMaterial, previous: Seen | None = None, limit: int = 9) -> Brief:
    return compose(
        TOPIC,
        NOW - timedelta(days=1),
        NOW,
        materials,
        Coverage(sources=1, answered=1),
        previous=previous,
        limit=limit,
    )


STRIKE = _article("strike", "عاجل: البحارة يرفضون عرض الوزارة", f"{LEAD}\n{NEXT}")
REFUSED = _material(
    (
        STRIKE,
        _analysis(
            STRIKE,
            Label.CORE,
            _said(STRIKE, "الإضراب سيستمر حتى يقبل الوزير مطالب العمال كلها", "نقيب البحارة"),
        ),
    )
)
DENIED_BY = _article("denial", "الوزارة تنفي تقديم عرض للبحارة", DENIAL, hours=1, outlet="المرسى")


def test_a_story_is_told_with_links() -> None:
    """A story's sentences are verbatim, each with its span and the address of its article."""
    (story,) = _compose(REFUSED).stories
    assert story.headline == "البحارة يرفضون عرض الوزارة"
    assert story.sentences[0].text == LEAD
    for sentence in story.sentences:
        (span,) = sentence.spans
        assert STRIKE.text[span.start : span.end] == sentence.text
        assert sentence.url == STRIKE.url


def test_a_dropped_speaker_is_given_back() -> None:
    """«وأضاف أن» gets its speaker in brackets where a reader sees it, and not in the text."""
    told = {s.text: s.shown for s in _compose(REFUSED).stories[0].sentences}
    assert told[NEXT].startswith("وأضاف [نقيب البحارة] أن")


def test_a_speaker_stands_behind_the_whole_verb() -> None:
    """The name never cuts a verb: «وأضافت» stays whole, before a quotation too."""
    text = 'وأضافت "لن نعود إلى العمل قبل الاتفاق".'
    said = Statement(span=Span(start=8, end=38), speaker="النقيبة", direct=True, verb="أضاف")
    assert shown(text, Span(start=0, end=len(text)), text, (said,), NOW).startswith('وأضافت [النقيبة] "لن')


def test_a_sentence_without_a_known_speaker_is_not_chosen() -> None:
    """Where nobody knows who speaks, the sentence stays out."""
    (story,) = _compose(_material((STRIKE, _analysis(STRIKE, Label.CORE)))).stories
    assert [s.text for s in story.sentences] == [LEAD]


OTHERS = [_article(f"o{n}", "طقس الميناء", "هبت رياح خفيفة على ميناء الصفاء طوال النهار.") for n in range(5)]
OFF = [(article, _analysis(article, Label.OFF)) for article in OTHERS]


def test_a_quiet_day_is_empty() -> None:
    """Where nothing is core there is no story."""
    assert _compose(_material(*OFF)).stories == ()


def test_a_lone_unsure_article_is_no_story() -> None:
    """An article that is labelled core without being likely to be makes no story alone; two that agree do."""
    match = TopicMatch(topic=TOPIC, label=Label.CORE, score=LONE - 0.01)
    twin = _article("twin", "البحارة يرفضون عرض الوزارة", LEAD, hours=1, outlet="المرسى")
    unsure = [
        (article, Analysis(article=article.id, matches=(match,), origins=(), statements=()))
        for article in (STRIKE, twin)
    ]
    assert _compose(_material(unsure[0])).stories == ()
    assert len(_compose(_material(*unsure)).stories) == 1


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("صحف: البحارة يرفضون عرض الوزارة", False),
        ("صحف عربية: البحارة يرفضون عرض الوزارة", False),
        ("من الصحف: البحارة يرفضون العرض", False),
        ("صحف الميناء: البحارة يرفضون عرض الوزارة", True),
    ],
)
def test_a_review_of_the_press_is_no_story(title: str, told: bool) -> None:
    """What goes through the papers tells of many events, and of none; what the papers of a party say is news."""
    article = replace(STRIKE, title=title)
    made = _compose(_material((article, _analysis(article, Label.CORE)))).stories
    assert bool(made) is told


def test_the_core_part_of_a_larger_story_is_told_alone() -> None:
    """A sure core article in a story about something else is told by itself: the others are not its members."""
    (story,) = _compose(_material((STRIKE, _analysis(STRIKE, Label.CORE)), *OFF)).stories
    assert [member.article for member in story.members] == [STRIKE.id]


def test_only_the_window_counts() -> None:
    """A story without a report inside the window is not in the brief."""
    old = _article("old", "البحارة يرفضون عرض الوزارة", LEAD, hours=60)
    assert _compose(_material((old, _analysis(old, Label.CORE)))).stories == ()


def test_what_was_seen_is_unchanged() -> None:
    """After a chat saw a story, the same story is unchanged for it, through JSON too."""
    seen = seen_after(_compose(REFUSED), None)
    assert _compose(REFUSED, previous=Seen.from_json(seen.to_json())).stories[0].state is State.UNCHANGED
    assert _compose(REFUSED).stories[0].state is State.NEW


def test_a_denial_since_is_told_as_one() -> None:
    """A denial that the chat has not seen makes the story denied."""
    seen = seen_after(_compose(REFUSED), None)
    denial = _said(
        DENIED_BY, "وجود أي عرض جديد لإنهاء الإضراب في الميناء", "متحدث باسم الوزارة", Strength.DENY
    )
    grown = _material(
        (STRIKE, REFUSED.analyses[STRIKE.id]), (DENIED_BY, _analysis(DENIED_BY, Label.CORE, denial))
    )
    assert _compose(grown, previous=seen).stories[0].state is State.DENIED


def test_a_merged_story_is_still_known() -> None:
    """A story that bears another id since is known by its articles."""
    seen = seen_after(_compose(REFUSED), None)
    renamed = StoryMaterial(id=StoryId("other"), articles=REFUSED.articles, analyses=REFUSED.analyses)
    assert _compose(renamed, previous=seen).stories[0].state is State.UNCHANGED


def test_one_statement_in_two_outlets_is_one() -> None:
    """What two outlets report of one speaker in the same words is listed once."""
    copy = _article("copy", "البحارة يرفضون", STRIKE.text, outlet="المرسى")
    words = "الإضراب سيستمر حتى يقبل الوزير مطالب العمال كلها"
    both = _material(
        (STRIKE, REFUSED.analyses[STRIKE.id]),
        (copy, _analysis(copy, Label.CORE, _said(copy, words, "نقيب البحارة"))),
    )
    assert [quote.text for quote in _compose(both).stories[0].quotes] == [words]


def test_more_outlets_rank_higher_with_reasons() -> None:
    """The story of more outlets and origins comes first, and says so."""
    other = _article(
        "two",
        "الوزارة والنقابة تتبادلان الاتهام",
        "اتهمت وزارة النقل نقابة البحارة بتعطيل ميناء الصفاء.",
        outlet="المرسى",
    )
    third = _with(other, "three", "الشراع")
    wide = _material(
        (DENIED_BY, _analysis(DENIED_BY, Label.CORE)),
        (other, _analysis(other, Label.CORE)),
        (third, _analysis(third, Label.CORE)),
    )
    alone = _material((STRIKE, _analysis(STRIKE, Label.CORE)))
    stories = _compose(alone, wide).stories
    assert stories[0].id == "denial"
    assert "rank.outlets" in {reason.code for reason in stories[0].reasons}
    assert _compose(alone, wide, limit=1).stories == stories[:1]


def _with(article: Article, name: str, outlet: str) -> Article:
    return Article(
        id=ArticleId(name), outlet=outlet, title=article.title, text=article.text, published=article.published
    )


def test_timeline_in_order() -> None:
    """A timeline begins with the first report and marks what denies."""
    denial = _said(
        DENIED_BY, "وجود أي عرض جديد لإنهاء الإضراب في الميناء", "متحدث باسم الوزارة", Strength.DENY
    )
    events = timeline(
        _material(
            (DENIED_BY, _analysis(DENIED_BY, Label.CORE, denial)), (STRIKE, _analysis(STRIKE, Label.CORE))
        )
    )
    assert [event.kind for event in events] == [EventKind.FIRST_REPORT, EventKind.REPORT, EventKind.DENIAL]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وصل الوفد أمس إلى الميناء.", "6 مايو"),
        ("وصل الوفد أول أمس إلى الميناء.", "5 مايو"),
        ("يصل الوفد غدا.", "8 مايو"),
        ("وصل الوفد الأحد إلى الميناء.", "4 مايو"),
        ("وصل الوفد الاثنين الماضي.", "5 مايو"),
        ("يصل الوفد الجمعة المقبلة", "9 مايو"),
        ("وصل الوفد أمس الثلاثاء.", "6 مايو"),
        ("وصل الوفد اليوم الثلاثاء.", "6 مايو"),
        ("ناقش الوفد سياسة الميناء الأحد.", "4 مايو"),
    ],
)
def test_days_become_dates(text: str, expected: str) -> None:
    """A day named by its distance or weekday gets its date."""
    assert [words for _, words in dates(text, NOW)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "في اليوم التالي عاد الوفد.",
        "عمل حتى اليوم.",
        "سيصل الوفد الجمعة.",
        "من الأحد إلى الخميس سيعملون.",
        "أعلن أنه لن يلتقي الوفد قبل اجتماع الجمعة.",
        "زار الميناء على أن يعود السبت.",
        "وصل الوفد اليوم السبت.",
    ],
)
def test_unclear_days_stay(text: str) -> None:
    """What does not name one day, or may name the next, gets no date."""
    assert dates(text, NOW) == []


def test_no_date_without_time_of_publication() -> None:
    """Where it is unknown when an article appeared, nothing is added."""
    text = "وصل الوفد أمس."
    assert shown(text, Span(start=0, end=len(text)), text, (), None) == text


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("عاجل | البحارة يعودون إلى العمل", "البحارة يعودون إلى العمل"),
        ("البحارة يعودون إلى العمل غدا - صوت البحر", "البحارة يعودون إلى العمل غدا"),
        ("البحارة يعودون - والوزارة تنتظر ردهم", "البحارة يعودون - والوزارة تنتظر ردهم"),
        ("عاجل", "عاجل"),
    ],
)
def test_titles_lose_labels(title: str, expected: str) -> None:
    """Labels and the outlet's name are no part of a headline; what belongs to it stays."""
    assert bare_title(title, "صوت البحر") == expected


def test_everybody_speaks_before_anybody_speaks_twice() -> None:
    """Who said what begins with each speaker's first statement; a short name is the same speaker."""
    words = ["الرصيف مغلق منذ الفجر", "السفن تنتظر قبالة الساحل", "العمال يريدون زيادة الأجور"]
    article = _article("said", "أقوال", "\n".join(words))
    speakers = ("الوزير سامر الحداد", "الحداد", "نقيب البحارة")
    said = tuple(_said(article, text, who) for text, who in zip(words, speakers, strict=True))
    found = quotes([article], {article.id: _analysis(article, Label.CORE, *said)})
    assert [q.statement.speaker for q in found] == ["الوزير سامر الحداد", "نقيب البحارة", "الحداد"]


def test_what_was_just_read_is_not_quoted_again() -> None:
    """A statement whose words stand in a sentence above is left out of who said what."""
    (story,) = _compose(REFUSED).stories
    assert story.quotes
    assert untold(story.quotes, story.sentences) == ()
    assert untold(story.quotes, ()) == story.quotes


def test_broken_memory_is_an_error() -> None:
    """What is not a chat's memory is refused."""
    with pytest.raises(ValueError, match="not what a chat saw"):
        Seen.from_json("[]")


def test_a_denial_is_shown_with_the_claim_it_denies() -> None:
    """A brief's quote that denies carries the claim, from whichever article of the story claimed it."""
    words = "الوزارة عرضت زيادة الأجور خمسة بالمئة على البحارة"
    claimed = _article("claimed", "عرض جديد", f"وقال النقيب إن {words}.", outlet="صوت البحر")
    refuted = _article("refuted", "رد الوزارة", "نفت الوزارة أنها عرضت زيادة الأجور على البحارة.", hours=1)
    denying = replace(
        _said(refuted, "أنها عرضت زيادة الأجور على البحارة", "الوزارة", Strength.DENY), side="ministry"
    )
    material = _material(
        (claimed, _analysis(claimed, Label.CORE, _said(claimed, words, "نقيب البحارة"))),
        (refuted, _analysis(refuted, Label.CORE, denying)),
    )
    (story,) = _compose(material).stories
    denied = {q.statement.speaker: q.denies.text if q.denies else None for q in story.quotes}
    assert denied["الوزارة"] == words


def _scored(name: str, label: Label, score: float, hours: float = 2) -> tuple[Article, Analysis]:
    article = _article(name, STRIKE.title, STRIKE.text, hours)
    match = TopicMatch(topic=TOPIC, label=label, score=score)
    return article, Analysis(article=article.id, matches=(match,), origins=(), statements=())


OFF = [_scored(f"off{n}", Label.OFF, 0.1) for n in range(3)]


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ([_scored("a", Label.CORE, 0.9)], None),
        ([_scored("a", Label.TOUCHES, 0.9)], Held.NONE),
        ([_scored("a", Label.CORE, 0.3)], Held.ALONE),
        ([_scored("a", Label.CORE, 0.5), *OFF], Held.SMALL),
        ([_scored("a", Label.CORE, 0.9), *OFF], None),
        ([_scored("a", Label.CORE, 0.3, hours=30)], Held.ALONE),
        ([_scored("a", Label.CORE, 0.9, hours=30)], Held.WINDOW),
    ],
)
def test_the_rule_that_holds_a_story_back(given: list[tuple[Article, Analysis]], rule: Held | None) -> None:
    """It is the first rule of the brief's own order; a story that no rule holds back is in the brief."""
    material = _material(*given)
    assert held(material, TOPIC, NOW - timedelta(days=1), NOW) is rule
    assert bool(_compose(material).stories) == (rule is None)

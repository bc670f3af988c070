"""Grouping articles into stories."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summaries.packaged import packaged_gazetteer, packaged_topics
from summaries.reading import read
from summaries.stories import FARTHEST, WINDOW, Features, StoryIndex, features, names_a_party
from summaries.types import Article, ArticleId, StoryId

NOON = datetime(2031, 5, 6, 12, tzinfo=UTC)
BRIDGE = (
    "انهيار جسر في مدينة الزهور",
    "انهار جسر قديم فوق نهر الزهور صباحا، وأصيب تسعة عمال كانوا يرممون أعمدته، وأغلقت الشرطة الطريق المؤدي إليه.",
)
BRIDGE_AGAIN = (
    "إصابة تسعة عمال في انهيار جسر الزهور",
    "قالت فرق الإنقاذ إن تسعة عمال أصيبوا حين انهار الجسر القديم فوق نهر الزهور خلال ترميم أعمدته.",
)
WHEAT = (
    "ارتفاع أسعار القمح بعد جفاف طويل",
    "صعدت أسعار القمح في الأسواق العالمية بعد موسم جاف خفض محصول المزارعين بمقدار الثلث.",
)
LOAN = (
    "الوزير يعلن قرضا لمصانع النسيج",
    "أعلن وزير الصناعة منصور الحداد قرضا جديدا لمصانع النسيج والخيوط في الجنوب بفائدة مخفضة.",
)
STRIKE = (
    "الوزير ينتقد إضراب عمال الموانئ",
    "انتقد وزير الصناعة منصور الحداد إضراب عمال الموانئ والشحن، وقال إن السفن تنتظر التفريغ.",
)


def _features(text: tuple[str, str]) -> Features:
    article = Article(id=ArticleId("x"), outlet="o", title=text[0], text=text[1])
    return features(read(article, packaged_gazetteer()))


def _place(index: StoryIndex, name: str, text: tuple[str, str], at: datetime | None = NOON) -> StoryId:
    return index.place(_features(text), at, ArticleId(name)).story_id


def test_one_event_is_one_story() -> None:
    """Two outlets' own reports of an event share a story, whose id is that of its first article."""
    index = StoryIndex()
    assert _place(index, "a", BRIDGE) == "a"
    assert _place(index, "b", BRIDGE_AGAIN, NOON + timedelta(hours=3)) == "a"
    assert _place(index, "c", WHEAT) == "c"


def test_what_is_placed_nowhere_is_counted_all_the_same() -> None:
    """A word weighs less for being common in articles that are passed over, and none of them can be joined."""
    index, counting = StoryIndex(), StoryIndex()
    for found in (index, counting):
        _place(found, "loan", LOAN)
    for _ in range(2000):
        counting.pass_over(_features(LOAN))
    near = dict(index.near(_features(STRIKE), NOON, ArticleId("x")))
    assert (
        dict(counting.near(_features(STRIKE), NOON, ArticleId("x"))).get(StoryId("loan"), 0.0) < near["loan"]
    )
    assert [story for story, _ in counting.near(_features(LOAN), NOON, ArticleId("y"))] == ["loan"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("انتقدت واشنطن القرار.", True),
        ("رفض الإسرائيليون القرار.", True),
        (f"{WHEAT[1]} " * 12 + "وعلقت واشنطن.", False),
        (WHEAT[1], False),
    ],
)
def test_what_names_a_party_in_what_is_compared(text: str, named: bool) -> None:
    """A party in the title or opening; far below it makes no article part of a story about the topic."""
    topic = packaged_topics()[0]
    article = Article(id=ArticleId("x"), outlet="o", title="خبر", text=text)
    assert names_a_party(read(article, packaged_gazetteer()), topic) is named


def test_an_agency_text_in_five_outlets_is_one_story() -> None:
    """The same words under five titles are one story."""
    index = StoryIndex()
    titles = ("جسر ينهار", "تسعة جرحى", "حادث على النهر", "الشرطة تغلق طريقا", "ترميم ينتهي بكارثة")
    found = {_place(index, str(n), (title, BRIDGE[1])) for n, title in enumerate(titles)}
    assert found == {"0"}


def test_two_statements_of_one_person_are_two_stories() -> None:
    """One minister on one day about two matters makes two stories."""
    index = StoryIndex()
    assert _place(index, "loan", LOAN) != _place(index, "strike", STRIKE)


def test_what_lies_months_apart_is_not_joined() -> None:
    """The same words two months later are another event."""
    index = StoryIndex()
    _place(index, "a", BRIDGE)
    assert _place(index, "b", BRIDGE, NOON + timedelta(days=60)) == "b"


def test_placing_twice_changes_nothing() -> None:
    """An article that is placed stays where it is."""
    index = StoryIndex()
    _place(index, "a", BRIDGE)
    _place(index, "b", BRIDGE_AGAIN)
    assert _place(index, "b", WHEAT) == "a"


def test_an_unknown_article_has_no_story() -> None:
    """What was never placed is an error, not a story."""
    with pytest.raises(KeyError):
        StoryIndex().story_of(ArticleId("nowhere"))


def test_old_news_is_another_story_where_times_are_known() -> None:
    """Where the times of publication are known, an article joins nothing older than the window; where stamps may be
    those of a copy, it does.
    """
    later = NOON + WINDOW + timedelta(hours=1)
    for farthest, story in ((WINDOW, "b"), (FARTHEST, "a")):
        index = StoryIndex(farthest)
        _place(index, "a", BRIDGE)
        assert _place(index, "b", BRIDGE, later) == story


def test_restored_as_it_was() -> None:
    """An index restored from what was stored goes on as the first would have."""
    index = StoryIndex()
    _place(index, "a", BRIDGE)
    restored = StoryIndex.restore([(_features(BRIDGE), NOON, ArticleId("a"), StoryId("first"))])
    assert _place(restored, "b", BRIDGE_AGAIN) == "first"
    assert restored.story_of(ArticleId("a")) == "first"


def test_stories_that_prove_one_are_merged() -> None:
    """Two stories whose articles are alike become one when a third shows it; the old id leads to the new."""
    index = StoryIndex.restore(
        [
            (_features(BRIDGE), NOON, ArticleId("a"), StoryId("a")),
            (_features(BRIDGE_AGAIN), NOON, ArticleId("b"), StoryId("b")),
        ]
    )
    both = (BRIDGE[0], BRIDGE[1] + " " + BRIDGE_AGAIN[1])
    placed = index.place(_features(both), NOON, ArticleId("c"))
    assert len(placed.merged) == 1
    assert index.story_of(ArticleId("a")) == index.story_of(ArticleId("b")) == placed.story_id


@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=80)), max_size=6))
def test_any_text_can_be_placed(texts: list[tuple[str, str]]) -> None:
    """No text breaks grouping, and every article has a story that is one of the articles."""
    index = StoryIndex()
    for number, text in enumerate(texts):
        _place(index, str(number), text, None if number % 2 else NOON)
    names = {str(number) for number in range(len(texts))}
    assert {index.story_of(ArticleId(name)) for name in names} <= names

"""Splitting a story that turns out to tell of two events."""

from datetime import UTC, datetime, timedelta

from summaries.packaged import packaged_gazetteer
from summaries.parting import parted
from summaries.reading import read
from summaries.stories import Features, Placement, StoryIndex, features
from summaries.types import Article, ArticleId, StoryId

NOON = datetime(2031, 5, 6, 12, tzinfo=UTC)
FIRST = StoryId("bridge1")
TEXTS = {
    "bridge1": (
        "انهيار جسر في مدينة الزهور",
        "انهار جسر قديم فوق نهر الزهور صباحا، وأصيب تسعة عمال كانوا يرممون أعمدته، وأغلقت الشرطة الطريق المؤدي إليه.",
    ),
    "bridge2": (
        "إصابة تسعة عمال في انهيار جسر الزهور",
        "قالت فرق الإنقاذ إن تسعة عمال أصيبوا حين انهار الجسر القديم فوق نهر الزهور خلال ترميم أعمدته.",
    ),
    "bridge3": (
        "الشرطة تغلق الطريق بعد انهيار جسر نهر الزهور",
        "أغلقت الشرطة الطريق إلى جسر الزهور الذي انهار على عمال الترميم، وما زالت فرق الإنقاذ تعمل عند النهر.",
    ),
    "bridge4": (
        "عمال الترميم المصابون في جسر الزهور يغادرون الخطر",
        "غادر عمال الترميم التسعة الذين أصيبوا في انهيار جسر الزهور مرحلة الخطر، وأعمدة الجسر القديم في النهر.",
    ),
    "wheat1": (
        "ارتفاع أسعار القمح بعد جفاف طويل",
        "صعدت أسعار القمح في الأسواق العالمية بعد موسم جاف خفض محصول المزارعين بمقدار الثلث.",
    ),
    "wheat2": (
        "الجفاف يخفض محصول القمح ويرفع أسعاره",
        "خسر المزارعون ثلث محصول القمح في موسم جاف، فصعدت الأسعار في الأسواق العالمية.",
    ),
    "wheat3": (
        "أسواق القمح العالمية تصعد مع الجفاف",
        "واصلت أسعار القمح صعودها في الأسواق العالمية مع جفاف الموسم وتراجع محصول المزارعين.",
    ),
}
TEXTS["both"] = (
    "انهيار جسر الزهور وارتفاع أسعار القمح",
    "انهار جسر قديم فوق نهر الزهور وأصيب تسعة عمال، وصعدت أسعار القمح في الأسواق بعد جفاف خفض المحصول.",
)


def _features(name: str) -> Features:
    title, text = TEXTS[name]
    article = Article(id=ArticleId(name), outlet="o", title=title, text=text)
    return features(read(article, packaged_gazetteer()))


def _index(stories: dict[str, StoryId]) -> StoryIndex:
    return StoryIndex.restore((_features(n), NOON, ArticleId(n), story) for n, story in stories.items())


def _in_one_story(*names: str) -> StoryIndex:
    return _index(dict.fromkeys(names, FIRST))


def _place(index: StoryIndex, name: str, at: datetime = NOON) -> Placement:
    return index.place(_features(name), at, ArticleId(name))


def _stories(index: StoryIndex, *names: str) -> dict[str, StoryId]:
    return {name: index.story_of(ArticleId(name)) for name in names}


def test_a_chain_that_joined_two_events_parts_again() -> None:
    """What an article on both events had joined is two stories when each has shown itself; one keeps the id."""
    index = StoryIndex()
    chain = [_place(index, name) for name in ("both", "bridge1", "wheat1")]
    assert {one.story_id for one in chain} == {"both"}
    placed = [_place(index, name) for name in ("bridge2", "wheat2", "bridge3", "wheat3")]
    [split] = [one.split for one in placed if one.split]
    bridge = set(_stories(index, "bridge1", "bridge2", "bridge3").values())
    wheat = set(_stories(index, "wheat1", "wheat2", "wheat3").values())
    assert len(bridge) == len(wheat) == 1
    assert bridge | wheat == {split.old, split.new}
    assert split.old == index.story_of(ArticleId("both")) == "both"


def test_the_placement_says_what_left() -> None:
    """A split names the story, the new id and all articles that left, the one just placed among them."""
    placed = _place(_in_one_story("bridge1", "bridge2", "wheat1"), "wheat2")
    assert placed.split is not None
    assert (placed.split.old, placed.split.new) == (FIRST, "wheat1")
    assert placed.split.articles == ("wheat1", "wheat2")
    assert placed.story_id == "wheat1"


def test_a_rewrite_splits_nothing() -> None:
    """Reports of one event in other words stay one story, also those that follow days later."""
    index = StoryIndex()
    days = enumerate(("bridge1", "bridge2", "bridge3", "bridge4"))
    placed = [_place(index, name, NOON + timedelta(days=day)) for day, name in days]
    assert {one.story_id for one in placed} == {FIRST}
    assert all(one.split is None for one in placed)


def test_one_odd_article_splits_nothing() -> None:
    """A single article on something else is no second event."""
    index = _in_one_story("bridge1", "bridge2", "wheat1")
    assert _place(index, "bridge3").split is None


def test_what_was_split_stays_apart() -> None:
    """An article on both events does not join again what was split, nor is anything split twice."""
    index = _in_one_story("bridge1", "bridge2", "wheat1")
    _place(index, "wheat2")
    placed = [_place(index, name) for name in ("both", "bridge3", "wheat3")]
    assert all(not one.merged and one.split is None for one in placed)
    assert (placed[1].story_id, placed[2].story_id) == (FIRST, "wheat1")


def test_restored_after_a_split_goes_on_the_same() -> None:
    """An index restored from the stories after a split places what follows as the first index does."""
    names = ("bridge1", "bridge2", "wheat1", "wheat2")
    live = _in_one_story(*names[:3])
    _place(live, names[3])
    restored = _index(_stories(live, *names))
    for name in ("wheat3", "both", "bridge3"):
        assert _place(live, name) == _place(restored, name)


def _by_first_letter(one: str, other: str) -> float:
    return 0.5 if one[0] == other[0] else 0.0


def _with_round_ups(one: str, other: str) -> float:
    return 0.4 if "c" in (one[0], other[0]) else _by_first_letter(one, other)


def _of_odd_ones(one: str, other: str) -> float:
    return 0.05 if {one[0], other[0]} == {"b", "c"} else _by_first_letter(one, other)


def test_each_part_needs_two_that_are_alike() -> None:
    """Parts are of two members at least, alike among themselves, in the order of the members; what
    resembles both parts goes with one and proves neither.
    """
    assert parted(["a1", "b1", "b2", "a2"], _by_first_letter) == (["a1", "a2"], ["b1", "b2"])
    assert parted(["a1", "b1", "b2", "a2", "c1"], _with_round_ups) == (["a1", "a2", "c1"], ["b1", "b2"])
    assert parted(["a1", "b1", "c1", "c2"], _with_round_ups) is None
    assert parted(["a1", "a2", "b1"], _by_first_letter) is None
    assert parted(["a1", "a2", "a3", "b1"], _by_first_letter) is None
    assert parted(["a1", "a2", "b1", "c1"], _by_first_letter) is None
    assert parted(["a1", "a2", "a3", "a4"], _by_first_letter) is None
    assert parted(["a1", "a2", "b1", "c1"], _of_odd_ones) is None
    assert (
        parted(["a1", "a2", "b1", "b2"], lambda one, other: max(0.11, _by_first_letter(one, other))) is None
    )

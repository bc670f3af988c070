"""Counts, times and where a story comes from, as one says them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.presenting import words
from bot.presenting.briefs import coverage_line, story_message, unlinked
from bot.texts import Language, texts
from summaries.types import (
    ArticleId,
    Brief,
    BriefStory,
    Coverage,
    Member,
    Origin,
    OriginKind,
    Reason,
    State,
    StoryId,
    TopicId,
)
from tests.bot.samples import messages

NOW = datetime(2024, 3, 28, 12, 0, tzinfo=UTC)


def story(outlets: tuple[str, ...], *origins: Origin) -> BriefStory:
    members = tuple(
        Member(article=ArticleId(o), outlet=o, title="t", url="", published=NOW - timedelta(hours=n))
        for n, o in enumerate(outlets)
    )
    return BriefStory(
        id=StoryId("s"), headline="h", headline_article=ArticleId(outlets[0]), state=State.NEW, members=members,
        origins=origins, sentences=(), quotes=(),
    )  # fmt: skip


def known(name: str) -> Origin:
    return Origin(name=name, kind=OriginKind.OUTLET)


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (story(("رواق اللؤلؤ",), known("رواق اللؤلؤ")), "لم نجده إلا في رواق اللؤلؤ (28 مارس 2024، 12:00)"),
        (story(("ميدان",), known("Axios")), "لم نجده إلا في ميدان (28 مارس 2024، 12:00)، نقلًا عن Axios"),
        (story(("ميدان",)), "لم نجده إلا في ميدان (28 مارس 2024، 12:00)، ومصدره الأصلي غير معروف"),
        (
            story(("أ", "ب"), known("ج"), known("د")),
            "نشرته وسيلتا إعلام عن مصدرين أصليين: ج ود؛ وأول من نشره بالعربية: ب (28 مارس 2024، 11:00)",
        ),
        (
            story(("أ", "ب", "ت"), known("ج")),
            "نشرته 3 وسائل إعلام عن مصدر أصلي واحد: ج؛ وأول من نشره بالعربية: ت (28 مارس 2024، 10:00)",
        ),
        (
            story(("أ", "ب")),
            "نشرته وسيلتا إعلام، ومصدره الأصلي غير معروف؛ وأول من نشره بالعربية: ب (28 مارس 2024، 11:00)",
        ),
    ],
)
def test_where_a_story_comes_from(made: BriefStory, said: str) -> None:
    """Outlets and origins are counted apart; what one outlet alone has says so without a guess at its gender."""
    assert words.provenance(made, texts("ar")) == said


@pytest.mark.parametrize(
    ("answered", "sources", "said"),
    [
        (8, 8, "أجابت المصادر كلها (8)، وأقدم إجابة قبل أقل من دقيقة"),
        (2, 2, "أجاب المصدران، وأقدم إجابة قبل أقل من دقيقة"),
        (1, 1, "أجاب المصدر الوحيد، وأقدم إجابة قبل أقل من دقيقة"),
        (38, 41, "أجاب 38 من 41 مصدرًا، وأقدم إجابة قبل أقل من دقيقة"),
        (0, 9, "لم يُجب أي مصدر من 9 مصادر، وأقدم إجابة قبل أقل من دقيقة"),
    ],
)
def test_what_a_brief_rests_on(answered: int, sources: int, said: str) -> None:
    """All, some or none of the sources answered: each is said as one says it."""
    coverage = Coverage(sources=sources, answered=answered, oldest=NOW, failed=())
    brief = Brief(topic=TopicId("t"), start=NOW, end=NOW, stories=(), coverage=coverage, sample=False)
    assert coverage_line(coverage, brief, texts("ar")) == said


def test_a_storys_reasons_have_the_digits_chosen() -> None:
    """Why a story ranks where it does is counted in the digits that the chat reads."""
    ranked = Reason(code="rank.origins", values={"count": "3"})
    told = story_message(replace(story(("أ",), known("ج")), reasons=(ranked,)), texts("ar", "arab"))
    assert "مصادر أصلية معروفة: ٣" in str(told.blocks)


COUNTED = {
    "story.outlets": ("وسيلة إعلام واحدة", "وسيلتا إعلام", "{n} وسائل إعلام", "{n} وسيلة إعلام", "{n} وسيلة إعلام"),
    "story.origins": (
        "مصدر أصلي واحد", "مصدرين أصليين", "{n} مصادر أصلية", "{n} مصدرًا أصليًا", "{n} مصدر أصلي",
    ),
    "sources.count": ("مصدر واحد", "مصدرين", "{n} مصادر", "{n} مصدرًا", "{n} مصدر"),
    "coverage.articles": ("مقال واحد", "مقالان", "{n} مقالات", "{n} مقالًا", "{n} مقال"),
    "time.last_days": ("آخر يوم", "آخر يومين", "آخر {n} أيام", "آخر {n} يومًا", "آخر {n} يوم"),
    "time.last_hours": ("آخر ساعة", "آخر ساعتين", "آخر {n} ساعات", "آخر {n} ساعة", "آخر {n} ساعة"),
    "time.minutes_ago": ("قبل دقيقة", "قبل دقيقتين", "قبل {n} دقائق", "قبل {n} دقيقة", "قبل {n} دقيقة"),
}  # fmt: skip


@pytest.mark.parametrize("key", COUNTED)
@pytest.mark.parametrize(
    ("number", "form"), [(1, 0), (2, 1), (3, 2), (10, 2), (11, 3), (99, 3), (100, 4), (103, 2)]
)
def test_arabic_counts(key: str, number: int, form: int) -> None:
    """One, two, three to ten, eleven to ninety-nine and the hundreds: each has its form, in both kinds of digits."""
    wanted = COUNTED[key][form]
    assert texts("ar").count(key, number) == wanted.format(n=number)
    arabic = str(number).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert texts("ar", "arab").count(key, number) == wanted.format(n=arabic)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_no_message_has_stray_signs(language: Language) -> None:
    """No doubled blank, no blank before a comma or full stop, no empty brackets, in any message of the samples."""
    for name, message in messages(texts(language)).items():
        for block in message.blocks:
            lines = [getattr(block, "line", ()), *getattr(block, "items", ()), *getattr(block, "lines", ())]
            for said in ("".join(inline.text for inline in one) for one in lines):
                for stray in ("  ", " ،", " ؛", " .", "()", "[]", "«»", "،،", ". ."):
                    assert stray not in said, (name, said)


def test_the_samples_brief_has_no_dead_links() -> None:
    """What is printed of the sample is read when its outlets are gone: names stay, addresses do not, and it says so."""
    for message in messages(texts("ar")).values():
        bare = unlinked(message, texts("ar"))
        assert "url='http" not in str(bare.blocks)
        assert "kawalis chat --sample" in str(bare.blocks[-1])

"""Where an article, and a story, comes from."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summaries.analysis import Analyst
from summaries.origins import copies, find_origins, origins_of_story
from summaries.packaged import packaged_gazetteer
from summaries.reading import read
from summaries.types import Article, ArticleId, Origin, OriginKind

NOON = datetime(2031, 5, 6, 12, tzinfo=UTC)
NEWS = "قال وزير إن الخلاف اتسع."
WIRE = (
    "انهار جسر قديم فوق نهر الزهور صباح اليوم وأصيب تسعة عمال كانوا يرممون أعمدته قبل أن تغلق الشرطة الطريق المؤدي "
    "إليه وتفتح تحقيقا في أسباب الانهيار الذي وقع في ساعة الذروة"
)


def _found(text: str, title: str = "", outlet: str = "صحيفة الساحل") -> list[Origin]:
    article = Article(id=ArticleId("a"), outlet=outlet, title=title, text=text)
    return list(find_origins(read(article, packaged_gazetteer())))


def _names(text: str, title: str = "", outlet: str = "صحيفة الساحل") -> list[str]:
    return [origin.name for origin in _found(text, title, outlet)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ذكر موقع أكسيوس الأميركي نقلا عن مسؤولين إسرائيليين أن الخلاف اتسع.", ["Axios"]),
        ("وبحسب ما أوردته صحيفة «يديعوت أحرونوت»، فإن الخلاف اتسع.", ["Yedioth Ahronoth"]),
        ("كشف الصحفي باراك رافيد في موقع أكسيوس أن الخلاف اتسع.", ["Axios"]),
        ("كشف تقرير جديد لوكالة بلومبيرغ عن خلاف.", ["Bloomberg"]),
        ("وأفاد المراسل السياسي لصحيفة معاريف بأن الخلاف اتسع.", ["Maariv"]),
        ("أظهر استطلاع أجرته القناة 12 أن التأييد تراجع.", ["Channel 12 (Israel)"]),
        ("تراجع التأييد، وفق تقرير نشرته تلغراف (Telegraph).", ["Daily Telegraph"]),
        ("نشرت صحيفة «لوكوتيديان» البلجيكية تحقيقا عن الخلاف.", ["لوكوتيديان"]),
        ("قالت رويترز وشبكة سي إن إن إن الخلاف اتسع.", ["Reuters", "CNN"]),
    ],
)
def test_the_opening_credits(text: str, names: list[str]) -> None:
    """A verb, a preposition, a report of it, or «and» after a credited outlet makes an origin."""
    assert _names(text) == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("القدس (رويترز) - قال مسؤول إن الخلاف اتسع.", "Reuters"),
        ("واشنطن - أ ف ب - قال مسؤول إن الخلاف اتسع.", "AFP"),
        (NEWS + "\n(أسوشيتد برس)", "Associated Press"),
        (NEWS + "\nالمصدر: رويترز + وكالات", "Reuters"),
    ],
)
def test_datelines_and_last_lines_credit(text: str, name: str) -> None:
    """An agency signs at the top or at the bottom."""
    assert _names(text) == [name]


@pytest.mark.parametrize(
    "title", ["أكسيوس: خلاف حاد", "أكسيوس تكشف خلافا حادا", "خلاف حاد - أكسيوس", "خلاف حاد بحسب أكسيوس"]
)
def test_the_title_credits(title: str) -> None:
    """An outlet with a colon, a reporting verb, or at the end of the title is an origin."""
    found = _found(NEWS, title)
    assert [(origin.name, origin.in_title) for origin in found] == [("Axios", True)]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("", "تجمع الناس في تايمز سكوير اليوم. وقال اللواء فوكس إن القوات باقية."),
        ("", "أصيبت مراسلة الجزيرة في جنين. وأغلقت الشرطة مكتب قناة العربية."),
        ("نتنياهو لفوكس نيوز: لا خلاف", "قال نتنياهو في مقابلة مع شبكة فوكس نيوز إنه لا خلاف."),
        ("", "أعلنت إسرائيل -اليوم السبت- تسجيل إصابة جديدة."),
        ("", "مشهد عام للمدينة (رويترز)\n" + NEWS),
    ],
)
def test_what_is_no_origin(title: str, text: str) -> None:
    """No origin: a name that only looks like one, an outlet as an actor, an interview, a photo's credit."""
    assert not _names(text, title)


def test_unnamed_officials_make_the_outlet_the_first_to_report() -> None:
    """«Officials told Axios» is Axios's report; what a named person told an outlet is an interview."""
    assert _names("قال مسؤول أميركي كبير لموقع أكسيوس إن الخلاف اتسع.") == ["Axios"]
    assert not _names("قال جو بايدن لموقع أكسيوس إن الخلاف اتسع.")


def test_an_outlet_is_never_its_own_origin() -> None:
    """Its name is known in whatever language the source gives it."""
    text = "قالت قناة الجزيرة إن الخلاف اتسع."
    assert not _names(text, outlet="الجزيرة نت")
    assert not _names(text, outlet="Al Jazeera")
    assert _names(text) == ["Al Jazeera"]
    assert not _names("أفاد مراسل سكاي نيوز عربية بأن الخلاف اتسع.", outlet="SkyNews")
    address = Article(
        id=ArticleId("a"), outlet="", title="", text=text, url="https://www.aljazeera.net/news/1"
    )
    assert not find_origins(read(address, packaged_gazetteer()))
    broken = Article(id=ArticleId("a"), outlet="", title="", text=text, url="http://[broken")
    assert [origin.name for origin in find_origins(read(broken, packaged_gazetteer()))] == ["Al Jazeera"]


@pytest.mark.parametrize(
    "text", ["نقلت رويترز عن أكسيوس أن الخلاف اتسع.", "أفادت رويترز نقلا عن موقع أكسيوس بأن الخلاف اتسع."]
)
def test_a_chain_names_both_and_marks_who_passed_it_on(text: str) -> None:
    """In «Reuters, citing Axios» both are named and Reuters only carries."""
    assert [(origin.name, origin.carrier) for origin in _found(text)] == [("Reuters", True), ("Axios", False)]


def test_a_lead_in_general_words_is_the_outlet_named_later() -> None:
    """«Israeli media» gives way to the Israeli outlet that is credited further on, and to no other country's."""
    lead = "أفادت وسائل إعلام إسرائيلية بأن الخلاف اتسع. "
    assert _names(lead + "وقالت القناة 12 إن المكالمة كانت حادة.") == ["Channel 12 (Israel)"]
    unknown = _found(lead + NEWS)
    assert [(origin.name, origin.kind) for origin in unknown] == [("Israeli media", OriginKind.UNKNOWN)]


def test_offsets_are_of_the_text() -> None:
    """The span of an origin is the outlet as written."""
    text = "ذكرت صحيفة «هآرتس» أن الخلاف اتسع."
    span = _found(text)[0].span
    assert span is not None
    assert "هآرتس" in text[span.start : span.end]


@given(st.text(alphabet='قالت رويترزعنأكسيوس:"()-.\nالمصدر و لـ', max_size=120), st.text(max_size=30))
def test_any_text_has_origins_or_none(text: str, title: str) -> None:
    """No text breaks it, and every span lies in its text."""
    for origin in _found(text, title):
        assert origin.span is not None
        assert origin.span.end <= len(title if origin.in_title else text)


def _article(name: str, text: str, hours: int, outlet: str) -> Article:
    return Article(
        id=ArticleId(name), outlet=outlet, title="عنوان", text=text, published=NOON + timedelta(hours=hours)
    )


def _story(*articles: Article) -> list[str]:
    analyst = Analyst(packaged_gazetteer(), ())
    analyses = {article.id: analyst.analyse(article) for article in articles}
    return [origin.name for origin in origins_of_story(articles, analyses)]


def test_ten_outlets_and_one_origin() -> None:
    """Outlets that rewrite one report, or pass on who rewrote it, count as one origin."""
    found = _story(
        _article("a", "ذكر موقع أكسيوس أن الخلاف اتسع.", 0, "الأولى"),
        _article("b", "قالت رويترز نقلا عن أكسيوس إن الخلاف اتسع.", 1, "الثانية"),
        _article("c", "كشف موقع أكسيوس عن توتر في المكالمة.", 2, "الثالثة"),
    )
    assert found == ["Axios"]


def test_a_near_copy_without_credit_inherits() -> None:
    """Who copies a text rests on what the text rests on, not on itself."""
    found = _story(
        _article("a", "القدس (رويترز) - " + WIRE, 0, "الأولى"), _article("b", WIRE + " اليوم", 1, "الثانية")
    )
    assert found == ["Reuters"]


def test_copies_are_of_the_earliest_and_never_of_the_same_outlet() -> None:
    """An outlet that prints its text again copies nobody."""
    one, two, again = (
        _article(n, WIRE, h, o) for n, h, o in (("a", 0, "الأولى"), ("b", 1, "الثانية"), ("c", 2, "الأولى"))
    )
    assert copies([one, two, again]) == {"b": "a", "c": "b"}

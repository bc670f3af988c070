"""Pages as outlets build them: short ones among forms and scripts, data in wrappers, teasers between the paragraphs."""

import json

import pytest

from adapters.feeds.boilerplate import clean_lines
from adapters.pages import Extracted, PageFailure
from adapters.pages.extract import extract

TITLE = "الوزارة تبدأ مشروع تحلية جديدا"
PARAGRAPHS = [
    "أعلنت وزارة المياه صباح الخميس بدء تنفيذ مشروع جديد لتحلية مياه البحر على الساحل الشرقي بعد دراسة طويلة.",
    "وقال الوزير في مؤتمر صحفي إن المشروع سيوفر مياه الشرب لنحو مليوني نسمة، مشيرا إلى أن الكلفة لم تحدد بعد.",
    "وأضاف أن أعمال الحفر ستبدأ في الشهر المقبل، على أن تنتهي المرحلة الأولى قبل نهاية العام القادم.",
]
ARTICLE = f"<article><h1>{TITLE}</h1>{''.join(f'<p>{p}</p>' for p in PARAGRAPHS)}</article>"


def read(inside: str, head: str = "", title: str = TITLE) -> Extracted | PageFailure:
    html = f"<html><head><title>{title}</title>{head}</head><body>{inside}</body></html>"
    return extract(html.encode(), "https://outlet.example/n/1", "text/html; charset=utf-8")


def ld(data: object) -> str:
    return json.dumps(data, ensure_ascii=False)


@pytest.mark.parametrize(
    ("head", "around"),
    [
        ("", "<form><a>تسجيل الدخول</a><input type='password'></form>"),
        ("<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>", ""),
        ("", "<section>أضف تعليقا<div class='g-recaptcha'></div></section>"),
    ],
    ids=["a form for members", "a script of the network", "a captcha for comments"],
)
def test_a_short_article_beside_a_form_or_a_script_is_an_article(head: str, around: str) -> None:
    """F23: three paragraphs are more than any wall lets through, whatever else the page carries."""
    found = read(around + ARTICLE + around, head)
    assert isinstance(found, Extracted), found
    assert found.text == "\n".join(PARAGRAPHS)


def test_a_page_that_says_that_there_is_nothing_is_no_article() -> None:
    """17: an error page that comes with 200 is told by its own title or heading."""
    sorry = (
        "<p>الصفحة التي تبحثون عنها ربما حذفت أو نقل محتواها إلى عنوان آخر في الموقع، "
        "ويمكنكم العودة إلى الصفحة الرئيسية أو البحث عما تريدون في الأعلى.</p>"
    )
    for title, heading in (("404", "عذرا"), ("النهر", "الصفحة غير موجودة"), ("الخبر غير متاح", "")):
        found = read(f"<h1>{heading}</h1>{sorry}", title=title)
        assert isinstance(found, PageFailure), (title, found)
        assert found.code == "no_article"
    assert isinstance(read(ARTICLE, title="الصفحة غير موجودة: خطأ يربك زوار الموقع"), Extracted)


def test_a_wall_in_other_words_is_a_wall() -> None:
    """F23: a teaser with «للاستمرار في القراءة يرجى الاشتراك» under it is not the article."""
    found = read(f"<p>{PARAGRAPHS[0]}</p><p>للاستمرار في القراءة يرجى الاشتراك في إحدى الباقات</p>")
    assert isinstance(found, PageFailure)
    assert found.code == "paywall"


@pytest.mark.parametrize(
    "script",
    [
        "<script type='application/ld+json; charset=utf-8'>%s</script>",
        "<script type='application/ld+json'>//<![CDATA[\n%s\n//]]></script>",
        "<script type='application/ld+json'><!-- %s --></script>",
    ],
)
def test_data_is_read_through_what_templates_wrap_it_in(script: str) -> None:
    """JSON-LD with a charset in its type, in a CDATA section, in a comment, with a comma too many."""
    news = {"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n".join(PARAGRAPHS)}
    for text in (ld(news), ld(news)[:-1] + ",}"):
        found = read("<div id='app'></div>", script % text)
        assert isinstance(found, Extracted), (script, found)
        assert found.text == "\n".join(PARAGRAPHS)


def test_of_several_articles_in_the_data_the_page_s_own_counts() -> None:
    """A page that describes its related articles too gives its own text, by the headline."""
    other = {"@type": "NewsArticle", "headline": "خبر آخر عن الطقس", "articleBody": PARAGRAPHS[2] * 9}
    news = {"@type": "NewsArticle", "headline": f"{TITLE}.", "articleBody": "\n".join(PARAGRAPHS * 3)}
    scripts = "".join(f"<script type='application/ld+json'>{ld(one)}</script>" for one in (other, news))
    found = read(f"<h1>{TITLE}</h1><p>{PARAGRAPHS[0]}</p>", scripts)
    assert isinstance(found, Extracted)
    assert found.text.startswith(PARAGRAPHS[0])
    assert PARAGRAPHS[2] * 2 not in found.text


def test_the_date_of_a_teaser_is_not_the_article_s() -> None:
    """Of dates in the page those beside the article do not count, and its last change is better than none."""
    aside = "<aside><time datetime='2020-01-01T00:00:00Z'>قديم</time></aside>"
    found = read(
        ARTICLE + aside, "<meta property='article:modified_time' content='2026-11-26T10:00:00+03:00'>"
    )
    assert isinstance(found, Extracted)
    assert found.published is not None
    assert found.published.isoformat() == "2026-11-26T07:00:00+00:00"


def test_headlines_under_a_lonely_teaser_go_with_it() -> None:
    """«اقرأ أيضا» on a line of its own announces the lines under it; prose, or a sixth line, is the article again."""
    lines = [PARAGRAPHS[0], "اقرأ أيضاً:", "الطقس غدا حار في معظم المناطق", PARAGRAPHS[1], "سطر أخير"]
    assert clean_lines(lines) == "\n".join([PARAGRAPHS[0], PARAGRAPHS[1], "سطر أخير"])
    many = [PARAGRAPHS[0], "مواضيع ذات صلة", *(f"عنوان {n}" for n in range(7))]
    assert clean_lines(many) == "\n".join([PARAGRAPHS[0], "عنوان 5", "عنوان 6"])
    assert clean_lines(["اقرأ أيضا: عنوان", "سطر"]) == "سطر"


def test_a_zero_byte_costs_nothing() -> None:
    """What a broken export left in the middle of a word does not tear it."""
    found = read(ARTICLE.replace("وزارة", "وز\0ارة"))
    assert isinstance(found, Extracted)
    assert found.text == "\n".join(PARAGRAPHS)

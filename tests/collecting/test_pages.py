"""Full text: by each outlet's rules, by the general way, from JSON-LD; and pages that hold no article."""

# ruff: noqa: E501  (tables of lines and pages read better one a line)

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.feeds.boilerplate import clean_lines, is_boilerplate, tidy
from adapters.pages import Extracted, PageFailure, extract, read_rules, rules_for
from adapters.pages.rules import GENERAL, packaged_rules
from bot.sources import packaged_sources
from tests.collecting.golden import FOREIGN, PAGES, PARAGRAPHS, TEXT, TITLE, golden_page
from tests.collecting.newsroom import PARAGRAPH, page

URL = "https://unknown.example/a"


def read(html: str | bytes, url: str = URL, content_type: str = "text/html; charset=utf-8") -> Extracted:
    found = extract(html.encode() if isinstance(html, str) else html, url, content_type)
    assert isinstance(found, Extracted), found
    return found


@pytest.mark.parametrize("outlet", PAGES)
def test_a_golden_page_of_each_outlet_gives_its_text_and_nothing_else(outlet: str) -> None:
    """By the outlet's rules the text is the article's paragraphs, word for word, with title and date."""
    url, html = golden_page(outlet)
    found = read(html, url)
    assert (found.title, found.text, found.method) == (TITLE, TEXT, "rules")
    assert found.published is not None
    assert found.published.date() in (
        datetime(2024, 3, 28, tzinfo=UTC).date(),
        datetime(2024, 3, 27, tzinfo=UTC).date(),
    )


@pytest.mark.parametrize("outlet", PAGES)
def test_without_rules_the_general_way_finds_the_text_too(outlet: str) -> None:
    """When an outlet changes its pages its rules fall away; the paragraphs are still found."""
    _, html = golden_page(outlet)
    found = extract(html.encode(), URL, "text/html", GENERAL)
    assert isinstance(found, Extracted)
    assert found.method != "rules"
    assert sum(paragraph in found.text for paragraph in PARAGRAPHS) >= 2


def test_every_enabled_source_has_rules_and_each_rule_a_golden_page() -> None:
    """An enabled source without rules, or rules without a page that proves them, is a gap."""
    enabled = {source.id for source in packaged_sources() if source.enabled}
    assert {rules.outlet for rules in packaged_rules()} == enabled == set(PAGES)


def test_rules_are_found_by_the_longest_host() -> None:
    """Subdomains belong to their outlet, other names that end alike do not."""
    assert rules_for("https://arabic.rt.com/x").outlet == "rt-arabic"
    assert rules_for("https://m.youm7.com/x").outlet == "youm7"
    assert rules_for("https://notyoum7.com/x") is GENERAL
    assert rules_for("not an address") is GENERAL


@pytest.mark.parametrize(
    "text", ["hosts = []", "body = ['p']", "hosts = ['a']\ncolour = 'red'", "hosts = ['a']\ndrop = ['(']"]
)
def test_broken_rules_are_refused(text: str) -> None:
    """A rule file with an unknown key, no host or a broken pattern does not load."""
    with pytest.raises((ValueError, Exception), match=r".+"):
        read_rules(text)


def test_json_ld_is_taken_where_it_is_longer() -> None:
    """A page that shows a teaser but carries its whole text in JSON-LD gives the whole text."""
    body = "\n".join(f"{PARAGRAPH} {n}" for n in range(12))
    data = {"@graph": [{"@type": "WebPage"}, {"@type": ["NewsArticle"], "headline": TITLE, "articleBody": body,
            "datePublished": "2024-03-28T10:00:00Z", "author": [{"name": "محرر"}]}]}  # fmt: skip
    script = f"<script type='application/ld+json'>{json.dumps(data)}</script>"
    html = f"<html><body>{script}<article><p>{PARAGRAPH}</p><p>{PARAGRAPH} مرة</p></article></body></html>"
    found = read(html)
    assert found.method == "json_ld"
    assert found.text == body
    assert (found.title, found.author) == (TITLE, "محرر")
    assert found.published == datetime(2024, 3, 28, 10, tzinfo=UTC)


def test_a_page_in_windows_1256_is_read() -> None:
    """Pages get the same bytes-to-text step as feeds."""
    html = page(TITLE).replace("<head>", "<head><meta charset='windows-1256'>")
    assert PARAGRAPH in read(html.encode("windows-1256"), content_type="text/html").text


def test_the_title_is_not_repeated_in_the_text() -> None:
    """The text begins after the headline, also where the body repeats it with other marks."""
    assert clean_lines([f"«{TITLE}»", PARAGRAPH], TITLE) == PARAGRAPH


BOILERPLATE = [
    "اقرأ أيضا: عنوان خبر آخر", "إقرأ أيضًا", "اقرأ المزيد", "شاهد أيضا | فيديو", "وتابعوا أيضا آخر التطورات",
    "مواضيع ذات صلة", "قد يهمك أيضا", "الأكثر قراءة", "Read more: another", "تابعونا على تلغرام", "اشترك في نشرتنا البريدية",
    "يمكنكم متابعة آخر الأخبار عبر تطبيقنا", "جميع الحقوق محفوظة", "© 2024", "#غزة #القدس", "صورة أرشيفية للاجتماع",
    "Getty Images", "إعلان", "مشاركة", "أضف تعليقا", "الآراء الواردة لا تعبر عن رأي الموقع",
]  # fmt: skip
ARTICLE_LINES = [
    "قرأ الوزير البيان أمام الصحفيين في ختام الاجتماع.", "تابع المسؤول أن المحادثات مستمرة.",
    "وأضاف أن الصورة ما زالت غير واضحة بعد جولة المحادثات الأخيرة.", "شارك في الاجتماع ممثلون عن خمس دول.",
    "المصدر: رويترز", "إعلان الهدنة جاء بعد ساعات من التفاوض بين الوفدين.", "نقلت وكالة رويترز عن مسؤول قوله إن القرار نهائي.",
    "اشترك الوفدان في صياغة البيان الختامي.", "مشاركة الوفد في القمة مؤكدة بحسب المتحدث.", "تصوير المشهد على أنه نصر غير دقيق، بحسب محلل.",
]  # fmt: skip


@pytest.mark.parametrize("line", BOILERPLATE)
def test_lines_of_the_page_go(line: str) -> None:
    """Teasers, captions, calls to follow and rights are not the article."""
    assert is_boilerplate(line)


@pytest.mark.parametrize("line", ARTICLE_LINES)
def test_lines_of_the_article_stay(line: str) -> None:
    """The same words in a sentence of the news are the news; a credit to an agency is an origin and stays."""
    assert not is_boilerplate(line)


def test_tails_go() -> None:
    """«The post … appeared first on …», and the list of tags under the text."""
    assert tidy("جملة الخبر. […] The post عنوان appeared first on صحيفة.") == "جملة الخبر."
    assert clean_lines([*PARAGRAPHS, "الوسوم:", "وسم أول", "وسم ثان"]) == TEXT
    assert clean_lines([*PARAGRAPHS, "كلمات مفتاحية: غزة، هدنة"]) == TEXT


def shell(title: str, inside: str) -> str:
    return f"<html><head><title>{title}</title></head><body>{inside}</body></html>"


OBSTACLES = [
    (shell("Just a moment...", "<div class='cf-turnstile'></div>"), "challenge"),
    (shell("Access Denied", "<h1>Access Denied</h1><p>Reference #18.abc</p>"), "challenge"),
    (shell("موقع", "<p>يرجى التحقق من أنك لست روبوتا للمتابعة</p><div class='g-recaptcha'></div>"), "challenge"),
    (shell("x", "<script src='https://geo.captcha-delivery.com/c.js'></script>"), "challenge"),
    (shell("تسجيل الدخول", "<form><input name=u><input type='password'></form>"), "login"),
    (shell("صحيفة", "<p>سجل الدخول لمتابعة القراءة</p>"), "login"),
    (shell("خبر", f"<article><p>{PARAGRAPH}</p><p>هذا المحتوى حصري للمشتركين، اشترك الآن لمتابعة القراءة</p></article>"), "paywall"),
    (shell("News", f"<article><p>{PARAGRAPH}</p></article><div>Subscribe to continue reading</div>"), "paywall"),
    (shell("خبر", "<script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"isAccessibleForFree\": \"False\"}"
           f"</script><article><p>{PARAGRAPH}</p><p>اشترك</p></article>"), "paywall"),
    (shell("Consent", "<p>Please accept all cookies to continue to our site</p>"), "cookie_wall"),
    (shell("صحيفة", "<p>يرجى الموافقة على استخدام ملفات تعريف الارتباط لمتابعة التصفح</p>"), "cookie_wall"),
    (shell("صحيفة", "<p>الصفحة غير موجودة</p>"), "no_article"),
    ("", "no_article"),
    (shell("قسم", "".join(f"<a href='/{n}'>عنوان {n}</a> " for n in range(40))), "no_article"),
]  # fmt: skip


@pytest.mark.parametrize(("html", "code"), OBSTACLES)
def test_a_page_that_is_no_article_is_a_failure_with_its_reason(html: str, code: str) -> None:
    """F23: bot checks, captchas, log-ins, pay and cookie walls, empty pages and lists are never articles."""
    found = extract(html.encode(), URL, "text/html")
    assert isinstance(found, PageFailure), found
    assert found.code == code


def test_an_article_about_captchas_and_subscriptions_is_an_article() -> None:
    """A real article with a log-in form in its header, or about such things, is not mistaken for a wall."""
    inside = "".join(
        f"<p>{PARAGRAPH} وقال الخبراء إن المواقع تطلب تسجيل الدخول والتحقق من أنك لست روبوتا. {n}</p>"
        for n in range(12)
    )
    header = "<header><form><input type='password'></form><p>اشترك الآن لقراءة المزيد</p></header>"
    html = shell("خبر", f"{header}<article>{inside}</article>")
    assert len(read(html).text) > 1000


@pytest.mark.parametrize("content_type", ["application/pdf", "image/png", "video/mp4", "application/json"])
def test_what_is_no_page_is_not_read(content_type: str) -> None:
    """A link to a file is a failure, not an article."""
    found = extract(b"%PDF-1.7", URL, content_type)
    assert isinstance(found, PageFailure)
    assert found.code == "not_html"


@pytest.mark.parametrize(
    "body", [b"\x00\x01\x02" * 999, b"<" * 5000, b"<html>" + b"<div>" * 20_000, b"\xff\xfe<\x00"]
)
def test_garbage_is_a_failure_not_a_crash(body: bytes) -> None:
    """Whatever a server sends, extraction ends with a value."""
    assert isinstance(extract(body, URL, "text/html"), PageFailure)


def test_real_pages(data: Path) -> None:
    """The two real pages give the opening and the phrases that any extractor must, and none that must not be."""
    pages = data / "pages"
    cnn = read((pages / "cnn_arabic_2013.html").read_bytes(), "https://archive.example/1", "text/html")
    assert cnn.text.startswith((pages / "cnn_arabic_2013.start.txt").read_text().strip())
    gold = set((pages / "cnn_arabic_2013.gold.txt").read_text().split())
    assert len(gold & set(cnn.text.split())) / len(gold) > 0.95
    segments = json.loads((pages / "segments.json").read_text())
    for name, wanted in segments.items():
        text = read((pages / name).read_bytes(), "https://archive.example/2", "text/html").text
        assert all(phrase in text for phrase in wanted["with"])
        assert not any(phrase in text for phrase in wanted["without"])


def test_nothing_foreign_is_in_the_golden_texts() -> None:
    """The expected text itself holds none of the phrases that stand around it."""
    assert not any(phrase in TEXT for phrase in FOREIGN)

"""Who said what, as a line of Arabic."""

import pytest

from bot.presenting.quotes import outlet_link, quote_line
from bot.texts import texts
from summaries.types import ArticleId, Claim, Quote, SourceSpan, Span, Statement

SPOKEN = texts("ar")


def _line(
    text: str, verb: str | None, link: str | None, *, direct: bool = False, relay: str | None = None
) -> str:
    statement = Statement(
        span=Span(start=0, end=len(text)),
        speaker="أمينة المرفأ",
        direct=direct,
        verb=verb,
        link=link,
        relay=relay,
    )
    quote = Quote(
        statement=statement, article=ArticleId("a"), outlet="المرسى", text=text, url="https://a.example"
    )
    return "".join(part.text for part in quote_line(quote, SPOKEN))


@pytest.mark.parametrize(
    ("said", "line"),
    [
        (_line("السفن تأخرت", "أوضحت", "أن"), "أوضحت أمينة المرفأ أن السفن تأخرت [المرسى]"),
        (_line("فتح الرصيف", "طالبت", "ب"), "طالبت أمينة المرفأ بفتح الرصيف [المرسى]"),
        (_line("لن ننتظر", "قالت", None, direct=True), "قالت أمينة المرفأ: «لن ننتظر» [المرسى]"),
        (_line("«لن ننتظر»", "قالت", None, direct=True), "قالت أمينة المرفأ: «لن ننتظر» [المرسى]"),
        (_line("الرصيف مغلق", "مؤكدة", "أن"), "أكدت أمينة المرفأ أن الرصيف مغلق [المرسى]"),
        (_line("الرصيف مغلق", "مشيرا", "إلى أن"), "أشار أمينة المرفأ إلى أن الرصيف مغلق [المرسى]"),
        (_line("فتح الرصيف", "داعيةً", "إلى"), "دعت أمينة المرفأ إلى فتح الرصيف [المرسى]"),
        (_line("الرصيف مغلق", "نافية", "أن"), "نفت أمينة المرفأ أن الرصيف مغلق [المرسى]"),
        (_line("الرصيف مغلق", "تأكيدها", "أن"), "[نُقل] عن أمينة المرفأ تأكيدها أن الرصيف مغلق [المرسى]"),
        (_line("الرصيف مغلق", "جاء", "أن"), "جاء في أمينة المرفأ أن الرصيف مغلق [المرسى]"),
        (_line("الرصيف مغلق", None, None), "أمينة المرفأ: الرصيف مغلق [المرسى]"),
        (_line("السفن تأخرت", "قالت", "إن", relay="صوت البحر"),
         "قالت أمينة المرفأ إن السفن تأخرت [عبر صوت البحر] [المرسى]"),
    ],
)  # fmt: skip
def test_a_statement_reads_as_arabic(said: str, line: str) -> None:
    """The verb as written comes first and agrees with its speaker; a participle gives way to its verb in its gender,
    and a verbal noun is said to be related.
    """
    assert said == line


def test_nothing_stands_where_no_outlet_is_known() -> None:
    """Text that came from a file has neither outlet nor address, and no empty brackets behind it."""
    assert outlet_link("", "") == ()
    assert "".join(part.text for part in outlet_link("", "https://a.example/1")) == " [https://a.example/1]"
    assert outlet_link("", "javascript:alert(1)") == ()
    assert [part.url for part in outlet_link("المرسى", "javascript:alert(1)")] == [None, None, None]


def test_a_denial_shows_what_it_denies() -> None:
    """The denied claim follows with its speaker (or outlet), linked to its own article; a long one is cut at a word."""
    where = SourceSpan(article=ArticleId("b"), start=0, end=9)
    claim = Claim(where=where, outlet="الشراع", text="كلمة " * 60, url="https://b.example")
    said = Statement(span=Span(start=0, end=9), speaker="الأمينة", direct=False, verb="نفت")
    quote = Quote(statement=said, article=ArticleId("a"), outlet="المرسى", text="التأخير", denies=claim)
    line = quote_line(quote, SPOKEN)
    assert "وهذا نفي لما قاله الشراع: «" in "".join(part.text for part in line)
    linked = next(part for part in line if part.url == claim.url)
    assert linked.text.endswith("كلمة…")
    assert len(linked.text) <= 161

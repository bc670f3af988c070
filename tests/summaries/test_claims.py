"""Denials and the claims they deny, on invented stories."""

from datetime import UTC, datetime, timedelta

from summaries.analysis import Analyst
from summaries.claims import ClaimState, claims, denials, with_denials
from summaries.packaged import packaged_gazetteer
from summaries.types import Analysis, Article, ArticleId, Quote

START = datetime(2031, 5, 7, 9, tzinfo=UTC)


def _story(*texts: tuple[str, str, str]) -> tuple[list[Article], dict[ArticleId, Analysis]]:
    """Articles an hour apart, each (outlet, title, text)."""
    articles = [
        Article(
            id=ArticleId(str(number)), outlet=outlet, title=title, text=text, url=f"https://{number}.example/",
            published=START + timedelta(hours=number),
        )
        for number, (outlet, title, text) in enumerate(texts)
    ]  # fmt: skip
    analyst = Analyst(packaged_gazetteer(), ())
    return articles, {article.id: analyst.analyse(article) for article in articles}


CLAIM = (
    "المنارة",
    "واشنطن تدرس وقف شحنة ذخائر",
    "اجتمع المجلس مساء أمس.\nوقال مسؤول أمريكي إن واشنطن أوقفت شحنة ذخائر ثقيلة كانت متجهة إلى ميناء أسدود. "
    "وأضاف أن الطقس معتدل.",
)
DENIAL = (
    "الشراع",
    "توضيح من البنتاغون",
    "نفى المتحدث باسم البنتاغون جون كيربي أن تكون واشنطن أوقفت أي شحنة ذخائر إلى أسدود.",
)


def _linked(*texts: tuple[str, str, str]) -> list[tuple[str | None, str | None]]:
    return [(q.denies.speaker, q.denies.text) if q.denies else (None, None) for q in denials(*_story(*texts))]


def test_a_denial_is_linked_to_the_claim_in_an_earlier_article() -> None:
    """The claim is found by the rare words that both share, with its article and span."""
    articles, analyses = _story(CLAIM, DENIAL)
    (quote,) = denials(articles, analyses)
    assert quote.denies is not None
    assert quote.denies.speaker == "مسؤول أمريكي"
    where = quote.denies.where
    assert where.article == articles[0].id
    assert articles[0].text[where.start : where.end] == quote.denies.text


def test_a_claim_has_a_state() -> None:
    """What was denied is denied and names its denials; what nobody denied stands."""
    states = {standing.claim.text: standing.state for standing in claims(*_story(CLAIM, DENIAL))}
    assert states["واشنطن أوقفت شحنة ذخائر ثقيلة كانت متجهة إلى ميناء أسدود"] is ClaimState.DENIED
    assert states["الطقس معتدل"] is ClaimState.STANDS


def test_a_denial_of_something_else_is_linked_to_nothing() -> None:
    """Sharing only a name or a country is not enough."""
    other = ("الشراع", "توضيح", "نفى المتحدث باسم البنتاغون جون كيربي سفر الوزير إلى جزر القمر في واشنطن.")
    assert _linked(CLAIM, other) == [(None, None)]


def test_a_claim_that_came_later_is_not_what_was_denied() -> None:
    """A denial denies what was said before it, or in its own article."""
    assert _linked(DENIAL, CLAIM) == [(None, None)]


def test_the_same_no_is_not_denied() -> None:
    """Who says «لا توجد أزمة» agrees with who denies the crisis."""
    agrees = ("المنارة", "تصريح", "قال وزير الخارجية إنه لا توجد أزمة في إمدادات القمح من الميناء الشمالي.")
    denies = ("الشراع", "تصريح", "نفى رئيس الغرفة التجارية وجود أزمة في إمدادات القمح من الميناء الشمالي.")
    assert _linked(agrees, denies) == [(None, None)]


def test_saying_there_is_none_denies_only_what_somebody_claimed() -> None:
    """«لا توجد أزمة» is a denial where another claimed one, and no denial alone."""
    says = ("الشراع", "تصريح", "قال وزير التموين إنه لا توجد أزمة في إمدادات القمح.")
    claimed = ("المنارة", "تصريح", "قال رئيس الغرفة التجارية إن البلاد تواجه أزمة في إمدادات القمح.")
    assert _linked(says) == []
    assert [speaker for speaker, _ in _linked(claimed, says)] == ["رئيس الغرفة التجارية"]


def test_nobody_denies_his_own_words() -> None:
    """The denier's own statements are never the claim."""
    own = (
        "المنارة",
        "حديث",
        "قال وزير التموين إن مخزون القمح يكفي شهرا. ونفى وزير التموين أن مخزون القمح يكفي عاما.",
    )
    assert all(speaker != "وزير التموين" for speaker, _ in _linked(own))


def test_denying_this_means_what_was_said_right_before() -> None:
    """«نفى هذه الأنباء» denies the last statement of another in the same article."""
    text = "قال مسؤول أمريكي إن السفينة غرقت قرب الساحل. ونفت الحكومة الإسرائيلية هذه الأنباء نفيا قاطعا."
    assert _linked(("المنارة", "البحر", text)) == [("مسؤول أمريكي", "السفينة غرقت قرب الساحل")]


def test_this_statement_is_not_accurate() -> None:
    """«هذا البيان غير دقيق» denies the statement whose speaker is called so."""
    text = 'وقال البيان إن السفينة غرقت قرب الساحل. وقال أحد المسؤولين: "هذا البيان غير دقيق في كل نواحيه".'
    assert _linked(("المنارة", "البحر", text)) == [("البيان", "السفينة غرقت قرب الساحل")]


def test_what_an_outlet_told_itself_can_be_denied() -> None:
    """A title or opening without a speaker is a claim of its outlet."""
    told = ("المنارة", "إغلاق مصنع النسيج في حلوان وتسريح عماله", "توقفت الآلات.")
    denies = ("الشراع", "رد", "نفت وزارة الصناعة إغلاق مصنع النسيج في حلوان.")
    articles, analyses = _story(told, denies)
    (quote,) = denials(articles, analyses)
    assert quote.denies is not None
    assert (quote.denies.speaker, quote.denies.where.in_title, quote.denies.text) == (None, True, told[1])


def test_quotes_get_what_they_deny() -> None:
    """`with_denials` gives each quote its claim by article and place, and leaves the others alone."""
    articles, analyses = _story(CLAIM, DENIAL)
    (linked,) = denials(articles, analyses)
    said = analyses[articles[0].id].statements[0]
    other = Quote(statement=said, article=articles[0].id, outlet="المنارة", text="نص")
    bare = Quote(statement=linked.statement, article=linked.article, outlet="الشراع", text=linked.text)
    assert [quote.denies for quote in with_denials((other, bare), (linked,))] == [None, linked.denies]

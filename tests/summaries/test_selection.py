"""Extractive summaries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summaries.packaged import packaged_gazetteer
from summaries.reading import read
from summaries.selection import summarise
from summaries.selection.units import document, sentence_tokens, units
from summaries.types import Article, ArticleId, Sentence

FIRST = Article(
    id=ArticleId("one"),
    outlet="o",
    title="إغلاق ميناء الصفاء بعد عاصفة رملية",
    text="أغلقت السلطات ميناء الصفاء بعد عاصفة رملية حجبت الرؤية عن السفن، وفق ما ذكرته هيئة الموانئ في بيان.\n"
    "وتوقفت عشر سفن شحن قبالة الساحل، وينتظر بحارتها أن تهدأ الرياح، بينما ألغيت رحلات العبارات.\n"
    "ويعمل في الميناء نحو ألف عامل منذ افتتاحه قبل ثلاثين عاما.",
)
SECOND = Article(
    id=ArticleId("two"),
    outlet="p",
    title="عاصفة رملية تغلق ميناء الصفاء",
    text="تسببت عاصفة رملية في إغلاق ميناء الصفاء أمام عشر سفن شحن.\nوتقول الأرصاد إن الرياح تهدأ مساء.",
)
BOTH = [FIRST, SECOND]


def _verbatim(made: tuple[Sentence, ...], articles: list[Article]) -> bool:
    texts = {article.id: article.text for article in articles}
    return all(s.text == " ".join(texts[p.article][p.start : p.end] for p in s.spans) for s in made)


@pytest.mark.parametrize("words", [1, 8, 15, 25, 40, 200])
@pytest.mark.parametrize("articles", [BOTH, [FIRST]])
def test_budget_is_hard(words: int, articles: list[Article]) -> None:
    """No summary has more words than its budget, and every word of it stands in an article."""
    made = summarise(articles, words=words)
    assert sum(len(s.text.split()) for s in made) <= words
    assert _verbatim(made, articles)


def test_ratio_counts_the_words_of_all() -> None:
    """A ratio is a share of all that is given, at least twenty words."""
    made = summarise([FIRST], ratio=0.5)
    assert 0 < sum(len(s.text.split()) for s in made) <= max(20, round(0.5 * len(FIRST.text.split())))


def test_without_a_budget_three_sentences() -> None:
    """Without a budget there are at most three sentences, the first the article's lead."""
    made = summarise([FIRST])
    assert 0 < len(made) <= 3
    assert made[0].text.startswith("أغلقت السلطات")
    assert _verbatim(made, [FIRST])


def test_what_both_say_is_said_once() -> None:
    """Of two leads that tell the same in the same words, a short budget holds what both share."""
    text = " ".join(s.text for s in summarise(BOTH, words=22))
    assert "ميناء الصفاء" in text
    assert text.count("ميناء الصفاء") <= 2


def test_the_attribution_stays() -> None:
    """A sentence that is cut keeps the clause that says who reported it, as a second span."""
    sentence = (
        "أعلنت الشركة بيع ثلاثة مصانع في الشمال، ونقل عمالها إلى مقرها الجديد، وفق ما نشرته صحيفة المرفأ."
    )
    source = document(Article(id=ArticleId("x"), outlet="o", title="", text=sentence))
    cut = [unit for unit in units(source, 0, sentence_tokens(source), 9) if not unit.whole]
    assert cut
    for unit in cut:
        assert len(unit.spans) == 2
        assert sentence[unit.spans[1].start :].startswith("وفق ما نشرته")


def test_nothing_is_cut_inside_a_quotation() -> None:
    """A comma inside quotation marks is no border."""
    sentence = "قال رئيس البلدية للصحفيين في مؤتمره الأسبوعي «لن نبيع الأرض، ولن نؤجرها أبدا» وغادر القاعة."
    source = document(Article(id=ArticleId("x"), outlet="o", title="", text=sentence))
    assert [unit.whole for unit in units(source, 0, sentence_tokens(source), 9)] == [True]


def test_nothing_to_say() -> None:
    """Without documents or words there is no summary, and no error."""
    empty = Article(id=ArticleId("x"), outlet="o", title="", text="")
    assert (
        summarise([])
        == summarise([empty])
        == summarise([], words=9)
        == summarise([empty, empty], words=9)
        == ()
    )


@given(st.lists(st.tuples(st.text(max_size=60), st.text(max_size=200)), max_size=3), st.integers(1, 60))
def test_any_text_is_verbatim_and_within_budget(texts: list[tuple[str, str]], words: int) -> None:
    """Whatever the texts, the summary is spans of them within the budget."""
    articles = [
        Article(id=ArticleId(str(n)), outlet="o", title=title, text=text)
        for n, (title, text) in enumerate(texts)
    ]
    made = summarise(articles, words=words)
    assert _verbatim(made, articles)
    assert sum(len(s.text.split()) for s in made) <= words


def test_a_dateline_is_no_news() -> None:
    """Place and agency before the first sentence are not told; the span begins behind them."""
    article = _with_opening(
        "ميناء الصفاء (م ب) -- أغلقت السلطات ميناء الصفاء بعد عاصفة رملية حجبت الرؤية عن السفن."
    )
    (first, *_) = summarise([article])
    assert first.text.startswith("أغلقت السلطات")
    assert _verbatim((first,), [article])


def test_a_caption_is_not_the_lead() -> None:
    """A line without a stop before the first sentence is what stands under a picture."""
    caption = "سفن شحن تنتظر قبالة ميناء الصفاء بعد العاصفة الرملية التي ضربت الساحل أمس"
    article = _with_opening(f"{caption}\nأغلقت السلطات ميناء الصفاء بعد عاصفة رملية حجبت الرؤية عن السفن.")
    assert caption not in [s.text for s in summarise([article])]


def _long(number: int, words: int) -> str:
    """A sentence of so many words that no other holds."""
    letters = "بتثجحخدرزسشصضطظعغفقكمن"
    return " ".join(f"{letters[number]}{letters[n % 22]}{letters[n // 22]}طض" for n in range(words)) + "."


def test_sentences_share_a_length() -> None:
    """Three sentences have room for 111 words: short ones are told where a long one would leave no room beside it."""
    opening, longest = f"أغلقت السلطات ميناء الصفاء بعد عاصفة رملية {_long(1, 35)}", _long(4, 72)
    article = _with_text("\n".join((opening, longest, _long(2, 28), _long(3, 28))))
    assert [s.text for s in summarise([article])] == [opening, _long(2, 28), _long(3, 28)]


def _with_text(text: str) -> Article:
    return Article(id=ArticleId("long"), outlet="o", title=FIRST.title, text=text)


def _with_opening(opening: str) -> Article:
    rest = FIRST.text.split("\n", 1)[1]
    return Article(id=ArticleId("opening"), outlet="o", title=FIRST.title, text=f"{opening}\n{rest}")


SPOKEN = Article(
    id=ArticleId("spoken"),
    outlet="o",
    title="الوزير قلق على الميناء",
    text="قال وزير النقل ماهر السالم في مؤتمر صحفي طويل عقده مساء الثلاثاء إن وزارته قلقة على الميناء. "
    'وأضاف: "لن نقبل ذلك أبدا". '
    '"سنعيد فتح الميناء خلال أسبوع واحد فقط مهما كلفنا الأمر"، بهذا وعد نقيب البحارة سامي الراشد الصحفيين. '
    "الميناء سيفتح خلال أسبوع واحد مهما كلف الأمر، على حد قول رئيس الغرفة عادل الناصر، وهو ما تنتظره السفن منذ أيام.",
)
CALM = Article(
    id=ArticleId("calm"),
    outlet="o",
    title="رياح في ميناء الصفاء",
    text="هبت رياح خفيفة على ميناء الصفاء طوال النهار ولم تتوقف السفن عن الدخول إليه.\n"
    "قال مدير الأرصاد فارس النجار، الذي زار الميناء صباح الثلاثاء مع عدد من مساعديه والضيوف وبحارة السفن كلها، "
    "إن الرياح ضعيفة.\n"
    'وأضاف: "لا خطر منها".',
)


@pytest.mark.parametrize("words", range(1, 30))
@pytest.mark.parametrize("articles", [[SPOKEN], [SPOKEN, FIRST]])
def test_nobody_is_quoted_without_a_name(words: int, articles: list[Article]) -> None:
    """However few words there are, «وأضاف» comes with whom it adds to, and a quotation with who is quoted."""
    made = summarise([read(article, packaged_gazetteer()) for article in articles], words=words)
    text = " ".join(sentence.text for sentence in made)
    assert "وأضاف" not in text or "ماهر السالم" in text
    assert "سنعيد" not in text or "سامي الراشد" in text
    assert "سيفتح" not in text or "عادل الناصر" in text


def test_a_share_of_an_article_names_the_speaker_in_brackets() -> None:
    """In an extract the speaker that a sentence leaves out is shown; the text stays as it is written."""
    made = summarise([read(CALM, packaged_gazetteer())], ratio=0.5)
    assert [sentence.shown for sentence in made][-1] == 'وأضاف [مدير الأرصاد فارس النجار]: "لا خطر منها".'
    assert made[-1].text == 'وأضاف: "لا خطر منها".'

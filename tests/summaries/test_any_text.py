"""What holds of any Unicode text at all."""

from datetime import date
from itertools import pairwise
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from summaries.analysis import Analyst
from summaries.figures import dates, numbers
from summaries.harmless import harmless
from summaries.names import Gazetteer
from summaries.packaged import packaged_gate, packaged_gazetteer, packaged_topics
from summaries.selection import summarise
from summaries.stories import features
from summaries.text import fold, fold_with_offsets, paragraphs, quotations, sentences, stem, tokens
from summaries.types import Article, ArticleId, Span

GAZETTEER: Gazetteer = packaged_gazetteer()
GATE = packaged_gate()
ANALYST = Analyst(GAZETTEER, packaged_topics())
ARABIC = 'قالبيدننتاهوإسرئيلأمكاوفلة ىؤئء،.؟:«»"“”()-–\n\r\u2029ـًَُّﷺﻻ٠١٢٪0123 aZ\u200f\u202b\ufeff'
ANY = st.one_of(
    st.text(max_size=200),
    st.text(alphabet=ARABIC, max_size=200),
    st.text(alphabet=st.characters(categories=("Cs", "Cf", "Mn", "Lo", "Nd", "Po")), max_size=80),
)


@given(ANY)
def test_normal_forms_are_idempotent(text: str) -> None:
    """Making harmless what is harmless and folding what is folded changes nothing."""
    assert harmless(harmless(text)) == harmless(text)
    assert fold(fold(text)) == fold(text)


@given(ANY)
def test_folded_offsets_point_into_the_text(text: str) -> None:
    """Each folded character has an offset, never falling, and its own source character folds to it."""
    folded, offsets = fold_with_offsets(text)
    assert len(offsets) == len(folded) + 1
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(text)
    assert folded == "".join(map(fold, text))


@given(ANY)
def test_spans_are_true_and_in_order(text: str) -> None:
    """Tokens, sentences, paragraphs and quotations lie in the text, hold something, and come in order."""
    words = tokens(text)
    assert all(text[word.start : word.end] == word.text and word.folded == fold(word.text) for word in words)
    assert all(one.end <= other.start for one, other in pairwise(words))
    for spans in (sentences(text), paragraphs(text), quotations(text)):
        assert all(text[span.start : span.end].strip() for span in spans)
    ends = [0, *(place for span in sentences(text) for place in (span.start, span.end))]
    assert ends == sorted(ends)


@given(ANY)
def test_sentences_lose_nothing_but_blanks(text: str) -> None:
    """Every character that is no blank stands in exactly one sentence."""
    held = "".join("".join(text[span.start : span.end].split()) for span in sentences(text))
    assert held == "".join(text.split())


@given(ANY)
def test_names_stand_where_they_are_said_to(text: str) -> None:
    """No name overlaps another, and each is in the text."""
    found = GAZETTEER.find(text)
    assert all(0 <= name.start < name.end <= len(text) for name in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(ANY, ANY)
def test_any_article_is_understood(title: str, text: str) -> None:
    """No title and no text breaks the analysis or grouping; every span is of the text as given."""
    article = Article(id=ArticleId("a"), outlet="o", title=title, text=text)
    reading = ANALYST.read(article)
    analysis = ANALYST.analyse_reading(reading)
    assert all(0 <= said.span.start < said.span.end <= len(text) for said in analysis.statements)
    assert all(0.0 <= match.score <= 1.0 for match in analysis.matches)
    features(reading)


@given(ANY, st.none() | st.dates())
def test_figures_stand_where_they_are_said_to(text: str, published: date | None) -> None:
    """Numbers and dates lie in the text, whatever it is and whenever it was published."""
    for figure in (*numbers(text), *dates(text, published)):
        assert 0 <= figure.start < figure.end <= len(text)


@given(ANY)
def test_any_word_has_a_stem(text: str) -> None:
    """A stem is folded, and there is one for everything."""
    for word in text.split():
        assert stem(word) == fold(stem(word))


PHRASES = st.lists(
    st.sampled_from(
        ["قال بايدن", "إن", "لن", "نفى", "إسرائيل", "واشنطن", "300", "٪", "«", "»", "\"", ".", "، ", " ", "ً", "ـ", "ڱ",
         "ﻻ", "يوم الثلاثاء", "26 مارس", "وفقا لوكالة رويترز", "أكثر من", "بسبب", "(", ")", ":", "\n", "\ud800"]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@given(ANY | PHRASES, ANY | PHRASES, st.floats(0, 1), st.floats(0, 1))
@example(text=".", sentence="ﻻ 0", one=0, other=1)  # a letter that folds to two
def test_any_sentence_is_judged(text: str, sentence: str, one: float, other: float) -> None:
    """The gate answers for any sentence and any span of any text: supported, or with a reason."""
    start, end = sorted(round(len(text) * share) for share in (one, other))
    verdict = GATE.check(text, sentence, [Span(start=start, end=end)])
    assert verdict.supported is not bool(verdict.reasons)


@given(ANY | PHRASES, st.sampled_from([{}, {"words": 1}, {"words": 12}, {"ratio": 0.3}]), st.booleans())
def test_any_summary_is_word_for_word(text: str, budget: dict[str, Any], several: bool) -> None:
    """Whatever the texts and the budget, each sentence is its spans of the text as given, joined by one space, within
    the words that were asked for; and the same is answered twice.
    """
    given = [Article(id=ArticleId(str(n)), outlet="o", title=text[:9], text=text) for n in range(1 + several)]
    readings = [ANALYST.read(article) for article in given]
    made = summarise(readings, **budget)
    for sentence in made:
        held = [(text[:9] if s.in_title else text)[s.start : s.end] for s in sentence.spans]
        assert sentence.text == " ".join(held)
        assert all(part.strip() for part in held)
    assert len(" ".join(sentence.text for sentence in made).split()) <= budget.get("words", 10**9)
    assert summarise(readings, **budget) == made


@given(ANY)
def test_every_word_has_letters(text: str) -> None:
    """Marks, and the stroke that lengthens a word, are no word by themselves."""
    assert all(word.folded for word in tokens(text))

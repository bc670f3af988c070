"""Which outlet writes which term."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summaries.terms import Lexicon, TermsError, packaged_lexicon, term_counts
from summaries.types import Article, ArticleId

FRUIT = Lexicon.parse(
    """
[[concept]]
name = "الثمرة"
not = "سوق الطماطم"
[concept.terms]
"طماطم" = "الطماطم | طماطم"
"بندورة" = "البندورة | بندورة | حبة البندورة"
"قوطة" = "القوطة"
"""
)


def _article(name: str, outlet: str, title: str, text: str) -> Article:
    return Article(id=ArticleId(name), outlet=outlet, title=title, text=text, url=f"https://{name}.example/")


def test_terms_are_counted_by_outlet_and_linked() -> None:
    """Title and text count together, and the link is to the outlet's first article with the term."""
    found = term_counts(
        (
            _article("one", "الحقل", "سعر الطماطم", "ارتفع سعر الطماطم."),
            _article("two", "الحقل", "البذور", "زرعوا طماطم."),
            _article("three", "البستان", "البندورة", "حصاد وفير."),
        ),
        FRUIT,
    )
    assert [(t.outlet, t.term, t.count, t.url) for t in found] == [
        ("البستان", "بندورة", 1, "https://three.example/"),
        ("الحقل", "طماطم", 3, "https://one.example/"),
    ]


def test_one_term_sets_nothing_side_by_side() -> None:
    """A concept for which all write the same is left out."""
    articles = [_article(str(n), f"صحيفة {n}", "الطماطم", "طماطم.") for n in range(3)]
    assert term_counts(articles, FRUIT) == ()


@pytest.mark.parametrize("text", ["بالطماطم", "وللطماطم", "فالطماطم", "للطماطم", "وطماطم", "الطّماطم"])
def test_clitics_and_marks_do_not_hide_a_term(text: str) -> None:
    """Conjunctions, prepositions, the swallowed alef and harakat are seen through."""
    assert [used.term for used in FRUIT.find(f"جاء {text} أمس")] == ["طماطم"]


def test_quoted_words_are_not_the_outlets_own() -> None:
    """What somebody else said between quotation marks is not counted, what follows is."""
    found = FRUIT.find('قال الفلاح: "البندورة غالية" ثم باع القوطة.')
    assert [used.term for used in found] == ["قوطة"]


def test_the_longest_spelling_counts_once() -> None:
    """«حبة البندورة» is one use, and a phrase that means something else is none."""
    text = "باع حبة البندورة في سوق الطماطم"
    assert [text[u.span.start : u.span.end] for u in FRUIT.find(text)] == ["حبة البندورة"]


def test_a_bad_file_is_refused() -> None:
    """A concept without terms, and no TOML at all, raise `TermsError`."""
    for text in ('[[concept]]\nname = "x"', "[[concept", "[[concept]]\nname = 3\nterms = 4"):
        with pytest.raises(TermsError):
            Lexicon.parse(text)


def test_the_packaged_terms_tell_the_usual_pairs_apart() -> None:
    """An army of the occupation is a term for the army, not for the state; the ending of an occupation is neither."""
    found = packaged_lexicon().find(
        "قصف جيش الاحتلال الحي، ودعت إسرائيل إلى الهدوء، وطالبوا بإنهاء الاحتلال."
    )
    assert [(u.concept, u.term) for u in found] == [
        ("الجيش الإسرائيلي", "جيش الاحتلال"),
        ("إسرائيل", "إسرائيل"),
    ]


@given(st.text(alphabet=st.sampled_from('الطماطم بندورةقوط"«»\n. وبل'), max_size=200))
def test_terms_lie_in_their_text_and_do_not_overlap(text: str) -> None:
    """Spans are in order, inside the text and apart, whatever the text."""
    found = FRUIT.find(text)
    ends = [0, *(used.span.end for used in found)]
    assert all(
        end <= used.span.start < used.span.end <= len(text) for end, used in zip(ends, found, strict=False)
    )

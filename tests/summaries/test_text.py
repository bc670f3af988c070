"""Text: normal forms, words, sentences, quotations."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summaries.text import (
    fold,
    fold_with_offsets,
    noun_forms,
    paragraphs,
    quotations,
    sentences,
    stem,
    stop_words,
    tokens,
    verb_forms,
)

ANY = st.text(st.characters(), max_size=80)  # lone surrogates too
ARABIC = st.text(st.sampled_from('ابتأإآىيةهكگ ٣3ـَُ.،؛«»"“”:\n\u200fﻻﷺABc'), max_size=80)


@given(ANY | ARABIC)
def test_fold_twice_is_fold_once(text: str) -> None:
    """Folding is idempotent, whatever the text."""
    assert fold(fold(text)) == fold(text)


@given(ANY | ARABIC)
def test_offsets_of_folded_text_lead_back(text: str) -> None:
    """Each folded character comes from the character at its offset, and the offsets never go back."""
    folded, offsets = fold_with_offsets(text)
    assert len(offsets) == len(folded) + 1
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(text)
    assert all(folded[i] in fold(text[offsets[i]]) for i in range(len(folded)))


@given(ANY | ARABIC)
def test_spans_are_of_the_text_as_given(text: str) -> None:
    """Sentences, paragraphs and quotations stand inside the text, in order, without blanks at their ends."""
    for spans in (sentences(text), paragraphs(text)):
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
    for span in (*sentences(text), *paragraphs(text), *quotations(text)):
        inside = text[span.start : span.end]
        assert inside
        assert inside == inside.strip()


@given(ANY | ARABIC)
def test_tokens_are_of_the_text_as_given(text: str) -> None:
    """A token's text is the text at its offsets."""
    assert all(text[token.start : token.end] == token.text for token in tokens(text))
    assert all(isinstance(stem(token.text), str) for token in tokens(text))


@given(ANY)
def test_no_letter_is_lost_between_sentences(text: str) -> None:
    """What is between sentences is blank: a sentence splitter must not swallow words."""
    covered = "".join(text[span.start : span.end] for span in sentences(text))
    assert "".join(covered.split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("الأمريكى", "الامريكي"),
        ("مسئول", "مسيول"),
        ("المحكمة", "المحكمه"),
        ("مـــؤتمر", "موتمر"),
        ("قُتِلَ", "قتل"),
        ("٣٥", "35"),
        ("ایران", "إيران"),
        ("ﺳﻼﻡ", "سلام"),
    ],
)
def test_spellings_of_one_word_fold_together(one: str, other: str) -> None:
    """Hamza, ya, ta marbuta, tatweel, harakat, digits, Persian letters and presentation forms do not divide."""
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("قال د. سمير إن الأمر انتهى. وخرج الجميع.", 2),
        ("ارتفع المؤشر 3.5 نقاط اليوم.", 1),
        ("العنوان\nالنص يبدأ هنا.", 2),
        ("وصل إلى مدينة ب. ثم عاد", 1),
        ("هل انتهى الأمر؟ نعم! لا…", 3),
        ("قال الوزير: «انتهى الأمر. لن نعود». ثم مضى.", 2),
        ('قال المتحدث: "لا جديد. سننتظر" وخرج.', 1),
    ],
)
def test_sentences(text: str, count: int) -> None:
    """Titles, decimals, initials and quotations end no sentence; a line break and a question mark do."""
    assert len(sentences(text)) == count


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("قال: «نعم» ثم “لا”", ["نعم", "لا"]),
        ('وصفه بأنه "خطوة" مهمة', ["خطوة"]),
        ('وقال: "لن نقبل بهذا', ["لن نقبل بهذا"]),
        ("بلا علامات", []),
    ],
)
def test_quotations(text: str, inside: list[str]) -> None:
    """All kinds of marks hold a quotation; one that is never closed holds to the end of its paragraph."""
    assert [text[span.start : span.end] for span in quotations(text)] == inside


@pytest.mark.parametrize(
    "family",
    [
        ("المفاوضات", "مفاوضات", "والمفاوضات", "للمفاوضات"),
        ("الحكومة", "حكومة", "وحكومة", "بالحكومة"),
    ],
)
def test_clitics_do_not_divide_a_family(family: tuple[str, ...]) -> None:
    """The article, conjunctions and prepositions leave the stem as it is."""
    assert len({stem(word) for word in family}) == 1


def test_stop_words_are_folded() -> None:
    """A stop word is looked up by its folded form, so the list must hold no other."""
    assert all(fold(word) == word for word in stop_words)
    assert fold("التي") in stop_words


def test_verb_forms_hold_tenses_and_objects() -> None:
    """A verb of a list is met in the past, present and future, with و and with an object."""
    forms = verb_forms("انتقد")
    assert {"انتقد", "انتقدت", "ينتقد", "وتنتقد", "سينتقد", "انتقدها"} <= forms
    assert {"يدين", "دانت", "وتدين"} <= verb_forms("دان/يدين")
    assert "سرفض" not in verb_forms("رفض")


def test_noun_forms_hold_article_and_possessives() -> None:
    """A noun is met with article, prepositions and possessives; a short one is not cut to another word."""
    forms = noun_forms("أزمة")
    assert {"الازمه", "ازمه", "لازمه", "ازمتها", "والازمات"} <= forms
    assert "هو" not in noun_forms("هوة")

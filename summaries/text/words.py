"""Tokens, and the stems by which words of one family meet."""

import re
from functools import lru_cache
from typing import NamedTuple

import simplemma
import Stemmer
from stopwordsiso import stopwords

from summaries.text.folding import fold

# A number with its separators, or a word with the marks inside it; a hyphenated Latin name is one word.
_TOKEN = re.compile(
    r"[\d٠-٩۰-۹]+(?:[.,٫٬/:][\d٠-٩۰-۹]+)*"
    r"|[^\W\d_](?:[^\W\d_]|[\u0610-\u061a\u064b-\u065f\u0670\u0640\u200c-\u200f])*(?:[’'\-][A-Za-z]+)*"
)
_LIGHT = Stemmer.Stemmer("arabic")
_PROCLITICS = (
    "وبال",
    "وكال",
    "ولل",
    "فلل",
    "وال",
    "فال",
    "بال",
    "كال",
    "لل",
    "ال",
    "وسي",
    "سي",
    "ول",
    "وب",
    "فب",
    "فل",
    "و",
    "ف",
    "ب",
    "ل",
    "ك",
    "س",
)
_NEWS_WORDS = (
    "قال قالت قالوا أضاف أضافت أكد أكدت أوضح أوضحت أشار أشارت ذكر ذكرت أعلن أعلنت تابع أكمل بحسب وفق وفقا نقلا "
    "أيضا حيث كما خلال بعد قبل منذ حول بشأن عبر ضمن لدى سوف قد لقد كان كانت يكون تكون هناك هنا ذلك تلك هذا هذه الذي "
    "التي الذين اليوم أمس"
)
stop_words: frozenset[str] = frozenset(fold(word) for word in (*stopwords("ar"), *_NEWS_WORDS.split()))
"""Folded words that say nothing of the subject."""


class Token(NamedTuple):
    """A word or number: where it stands, how it is written, and its folded form."""

    start: int
    end: int
    text: str
    folded: str


def tokens(text: str) -> tuple[Token, ...]:
    """The words and numbers of a text, in order. Marks and a tatweel without a letter are no word."""
    return tuple(
        Token(m.start(), m.end(), m[0], folded) for m in _TOKEN.finditer(text) if (folded := _folded(m[0]))
    )


@lru_cache(maxsize=200_000)
def _folded(word: str) -> str:
    return fold(word)


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The folded stem of a word as written: clitics off where the rest is a known word, then its lemma
    (simplemma), or the light stem (Snowball) where nobody knows it.

    Fold after, never before: simplemma knows only proper spelling. Measured on 30 word families of the news:
    pairwise F1 .93, against .85 for simplemma and .47-.56 for Snowball alone.
    """
    if not word or not "\u0600" <= word[0] <= "\u06ff" or not word[0].isalpha():
        return fold(word)
    bare = _known_part(word)
    if bare is not None:
        return fold(simplemma.lemmatize(bare, "ar")).removeprefix("ال")
    return fold(_LIGHT.stemWord(fold(word)))


@lru_cache(maxsize=50_000)
def known_word(word: str) -> bool:
    """Whether a word as written is one of the language, with no clitic before it (simplemma's list)."""
    return word != "" and bool(simplemma.is_known(word, "ar"))


def _known_part(word: str) -> str | None:
    if simplemma.is_known(word, "ar"):
        return word
    for clitic in _PROCLITICS:
        rest = word[len(clitic) :]
        if word.startswith(clitic) and len(rest) > 2:
            for candidate in (rest, "ال" + rest) if clitic.endswith("ل") else (rest,):
                if simplemma.is_known(candidate, "ar"):
                    return candidate
    return None


def mostly_arabic(text: str) -> bool:
    """Whether at least half of a text's letters are Arabic; one without letters is not held to be foreign."""
    letters = [letter for letter in text if letter.isalpha()]
    return 2 * sum("\u0600" <= letter <= "\u06ff" for letter in letters) >= len(letters)

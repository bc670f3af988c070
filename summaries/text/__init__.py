"""Arabic text: folded keys, words and stems, sentences and quotations. Offsets are of the text as given."""

from summaries.text.folding import fold, fold_with_offsets
from summaries.text.forms import forms_of, forms_with_object, noun_forms, phrase_form, verb_forms
from summaries.text.sentences import paragraphs, quotations, sentences, trimmed
from summaries.text.words import Token, known_word, mostly_arabic, stem, stop_words, tokens

__all__ = [
    "Token",
    "fold",
    "fold_with_offsets",
    "forms_of",
    "forms_with_object",
    "known_word",
    "mostly_arabic",
    "noun_forms",
    "paragraphs",
    "phrase_form",
    "quotations",
    "sentences",
    "stem",
    "stop_words",
    "tokens",
    "trimmed",
    "verb_forms",
]

"""Arabic text: what may be shown, folded keys, words, stems, sentences, quotations. Offsets are of the given text."""

from summaries.text.folding import fold, fold_with_offsets
from summaries.text.forms import noun_forms, phrase_form, verb_forms
from summaries.text.harmless import harmless
from summaries.text.sentences import paragraphs, quotations, sentences, trimmed
from summaries.text.words import Token, known_word, stem, stop_words, tokens

__all__ = [
    "Token",
    "fold",
    "fold_with_offsets",
    "harmless",
    "known_word",
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

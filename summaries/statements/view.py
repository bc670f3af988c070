"""A text as the search for statements goes through it: word by word, with the name that begins or goes on there."""

from dataclasses import dataclass

from summaries.names import Mention
from summaries.reading import Parsed
from summaries.statements.verbs import Verb, verb_of
from summaries.text import Token

OPENING, CLOSING = '«“"„', '»”"'


@dataclass(frozen=True, slots=True)
class Named:
    """A name at a word: the mention, its first word and one past its last."""

    mention: Mention
    first: int
    end: int


class View:
    """A parsed text with its names and its speech verbs by word. Places count words."""

    __slots__ = ("folded", "names", "parsed", "text", "tokens", "verbs")

    def __init__(self, parsed: Parsed) -> None:
        self.parsed, self.text, self.tokens = parsed, parsed.text, parsed.tokens
        self.folded = [token.folded for token in parsed.tokens]
        self.verbs: dict[int, tuple[Verb, int]] = {
            place: found for place, word in enumerate(self.folded) if (found := verb_of(word)) is not None
        }
        self.names = _by_word(parsed.mentions, parsed.tokens)

    def gap(self, place: int) -> str:
        """What stands between a word and the one before it."""
        return self.parsed.between(place - 1, place) if place else ""

    def starts(self, place: int) -> Named | None:
        """The name that begins at a word."""
        found = self.names.get(place)
        return found if found is not None and found.first == place else None

    def clitic(self, named: Named) -> str:
        """The letters before a name in its first word, folded."""
        token = self.tokens[named.first]
        return token.folded[: max(0, named.mention.start - token.start)]


def _by_word(mentions: tuple[Mention, ...], tokens: tuple[Token, ...]) -> dict[int, Named]:
    """Both are in order: one walk."""
    found: dict[int, Named] = {}
    place = 0
    for mention in mentions:
        while place < len(tokens) and tokens[place].end <= mention.start:
            place += 1
        end = place
        while end < len(tokens) and tokens[end].start < mention.end:
            end += 1
        named = Named(mention, place, end)
        for covered in range(place, end):
            found[covered] = named
    return found

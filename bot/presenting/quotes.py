"""Who said what, one line each, in the order of Arabic news: the verb as it was written, the speaker, the words.

«أوضحت المتحدثة أن …», «قال الوزير: «…»». The verb agrees with its speaker as the outlet wrote it; a participle
(«مؤكدا») and words without a verb follow the speaker. The relay stands in square brackets, for it is ours to say.
"""

import re

from adapters.chat.message import Line, Text
from bot.texts import Texts
from summaries.statements.verbs import verb_of
from summaries.text import fold
from summaries.types import Quote

_PARTICIPLE = re.compile(r"^م[\w\u064b-\u0652]+(?:ا|اً|ًا|ة|ةً|ين|تين)$|^قائل(?:ا|اً|ًا|ة|ةً|ين)$")
_LONGEST_CLAIM = 160  # characters of a claim that is denied
_STANDS_IN = frozenset({"جاء", "جاءت", "ورد", "وردت"})  # «جاء في بيان أن …»: the speaker is what was written
_JOINED_ON = frozenset({"ب", "ل"})
_OPENING, _CLOSING = '«"“', '»"”'


def quote_line(quote: Quote, texts: Texts) -> Line:
    """Verb, speaker, words, relay, and the outlet as the link to the article where it has a name."""
    statement = quote.statement
    who, verb = speaker(quote, texts), statement.verb or ""
    noun = _is_verbal_noun(verb)
    after = noun or bool(_PARTICIPLE.match(verb))
    before = (Text(text=_before(verb, noun)),) if verb and (noun or not after) else ()
    relay = statement.relay if statement.relay and statement.relay not in who else None
    through = texts("quote.through", relay=relay) if relay else ""
    said = f"{' ' if noun else '، '}{verb}{words(quote)}" if after else words(quote)
    return (
        *before,
        Text(text=who, bold=True),
        Text(text=f"{said}{through}"),
        *outlet_link(quote.outlet, quote.url),
        *_denied(quote, texts),
    )


def _before(verb: str, noun: bool) -> str:
    if noun:
        return "عن "
    return f"{verb} في " if fold(verb) in _STANDS_IN else f"{verb} "


def _is_verbal_noun(verb: str) -> bool:
    """«قوله», «تأكيدها»: the line then begins with «عن»."""
    found = verb_of(fold(verb)) if verb else None
    return found is not None and found[0].masdar


def _denied(quote: Quote, texts: Texts) -> Line:
    """The claim that the quote denies, linked to where it stands."""
    claim = quote.denies
    if claim is None:
        return ()
    text = (
        claim.text
        if len(claim.text) <= _LONGEST_CLAIM
        else claim.text[:_LONGEST_CLAIM].rsplit(" ", 1)[0] + "…"
    )
    denied = texts("quote.denies", who=claim.speaker or claim.outlet)
    return (Text(text=f" {denied} «"), Text(text=text, url=claim.url or None), Text(text="»"))


def speaker(quote: Quote, texts: Texts) -> str:
    """Who speaks, with the office where it is given apart from the name."""
    who, role = quote.statement.speaker or texts("quote.unnamed"), quote.statement.role
    return texts("quote.with_role", who=who, role=role) if role and role not in who else who


def words(quote: Quote) -> str:
    """What was said, joined to what stands before it: quoted where it was, else by the word that joined it."""
    text, link = quote.text.strip(), quote.statement.link or ""
    if quote.statement.direct:
        framed = len(text) > 2 and text[0] in _OPENING and text[-1] in _CLOSING
        return f": «{text[1:-1] if framed else text}»"
    if not link:
        return f" {text}" if quote.statement.verb else f": {text}"
    return f" {link}{'' if link in _JOINED_ON else ' '}{text}"


def outlet_link(outlet: str, url: str) -> Line:
    """` [outlet]`, linked; nothing where neither a name nor an address is known."""
    if not outlet and not url:
        return ()
    return (Text(text=" ["), Text(text=outlet or url, url=url or None), Text(text="]"))

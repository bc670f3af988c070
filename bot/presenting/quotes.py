"""Who said what, one line each, in the order of Arabic news: the verb as it was written, the speaker, the words.

«أوضحت المتحدثة أن …», «قال الوزير: «…»». The verb agrees with its speaker as the outlet wrote it. A participle
(«مؤكدة أن») makes no sentence by itself: its verb takes its place («أكدت … أن»). The relay, and what else is ours to
say, stand in square brackets.
"""

from adapters.chat.links import web_address
from adapters.chat.message import Line, Text
from bot.texts import Texts
from summaries.statements.verbs import verb_of
from summaries.text import fold
from summaries.types import Quote

_LONGEST_CLAIM = 160  # characters of a claim that is denied
_STANDS_IN = frozenset({"جاء", "جاءت", "ورد", "وردت"})  # «جاء في بيان أن …»: the speaker is what was written
_JOINED_ON = frozenset({"ب", "ل"})
_OPENING, _CLOSING = '«"“', '»"”'


def quote_line(quote: Quote, texts: Texts) -> Line:
    """Verb, speaker, words, relay, and the outlet as the link to the article where it has a name."""
    statement = quote.statement
    who, verb = speaker(quote, texts), _finite(statement.verb or "")
    noun = _is_verbal_noun(verb)
    before = _before(verb, noun)
    relay = statement.relay if statement.relay and statement.relay not in who else None
    through = texts("quote.through", relay=relay) if relay else ""
    said = f" {verb}{words(quote)}" if noun else words(quote)
    return (
        *((Text(text=before),) if before else ()),
        Text(text=who, bold=True),
        Text(text=f"{said}{through}"),
        *outlet_link(quote.outlet, quote.url),
        *_denied(quote, texts),
    )


def _finite(verb: str) -> str:
    """Of a participle the past of its verb, in its gender («مشيرة»: «أشارت»); any other form as it is written."""
    found = verb_of(fold(verb)) if verb else None
    if found is None or not found[0].participle:
        return verb
    past = found[0].lemma
    return (past.removesuffix("ى").removesuffix("ا") + "ت") if found[0].feminine else past


def _before(verb: str, noun: bool) -> str:
    if noun:
        return "[نُقل] عن "
    if not verb:
        return ""
    return f"{verb} في " if fold(verb) in _STANDS_IN else f"{verb} "


def _is_verbal_noun(verb: str) -> bool:
    """«قوله», «تأكيدها»: they are what is related of the speaker."""
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
    """` [outlet]`, linked; nothing where neither a name nor an address of the web is known."""
    address = web_address(url)
    shown = outlet or address
    return (Text(text=" ["), Text(text=shown, url=address), Text(text="]")) if shown else ()

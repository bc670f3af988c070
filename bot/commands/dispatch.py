"""From a `Request` to a `Reply`: find the chat, its language and the command, check who may, run, word errors.

Every error a person can mend becomes one sentence in their language; whatever else goes wrong is logged with
its cause and answered with an apology, and the service goes on.
"""

import re
from dataclasses import replace
from difflib import get_close_matches

import structlog

from adapters.chat.message import Bullets, Button, Buttons, Heading, Message, Paragraph, Text
from adapters.chat.ports import Reply, Request
from bot.commands import (
    choosing,
    editing,
    editors,
    explaining,
    following,
    inline,
    links,
    onboarding,
    owning,
    picturing,
    preferences,
    reading,
    searching,
    subscribing,
)
from bot.commands.registry import Call, Command, line
from bot.errors import UsageError
from bot.presenting.briefs import sample_note
from bot.presenting.spelling import spelled_for, without_prefix
from bot.resuming import resume
from bot.services import Services
from bot.texts import LANGUAGES, Language, Texts, texts, texts_for
from storage.chat_keys import ChatKey
from storage.chats import Chat
from storage.errors import StorageError
from summaries.errors import KawalisError
from summaries.harmless import harmless
from summaries.text import fold

log = structlog.get_logger(__name__)
_PRESSED = frozenset(("story", "setup", "link"))
_MARKS = dict.fromkeys((0x200E, 0x200F, 0x061C))
_LINK = re.compile(r"https?://[^\s<>]+|(?<![\w./@-])www\.[^\s<>]+", re.IGNORECASE)


async def help_(call: Call) -> Reply:
    """Every command that this person may use here, with what it does."""
    spoken = call.texts
    usable = [c for c in COMMANDS.values() if c.menu and allowed(c, call.request, call.services) is None]
    items = tuple(
        (Text(text=f"/{c.name}", bold=True), Text(text=f" — {spoken(f'help.{c.name}')}")) for c in usable
    )
    blocks = (
        Heading(line=line(spoken("help.title"))), *sample_note(call.services.sample, spoken),
        Bullets(items=items), Paragraph(line=line(spoken("help.link"))),
    )  # fmt: skip
    return call.reply(*blocks)


COMMANDS: dict[str, Command] = {
    command.name: command
    for command in (
        *onboarding.COMMANDS,
        *reading.COMMANDS,
        *searching.COMMANDS,
        *subscribing.COMMANDS,
        *picturing.COMMANDS,
        *preferences.COMMANDS,
        *following.COMMANDS,
        *choosing.COMMANDS,
        *explaining.COMMANDS,
        *links.COMMANDS,
        *owning.COMMANDS,
        *editing.COMMANDS,
        *editors.COMMANDS,
        Command(name="help", run=help_, aliases=("مساعدة", "المساعدة", "الأوامر", "أوامر")),
    )
}
ALIASES = {fold(alias): command.name for command in COMMANDS.values() for alias in command.aliases}
"""Folded Arabic words that stand for a command."""


def allowed(command: Command, request: Request, services: Services) -> str | None:
    """None where the person may use the command here; otherwise the key of the text that says why not."""
    editor = (request.address.platform, request.person) in services.settings.admins
    if command.who == "editor" and not editor:
        return "error.editors_only" if request.person else "error.nameless"
    if command.who == "admin" and request.group and not request.admin and not editor:
        return "error.admins_only"
    return None


class Dispatcher:
    """The `Ask` that every chat is handed."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def __call__(self, request: Request) -> Reply:
        request = typed(request)
        spoken = texts(self._services.default_language)
        try:
            chat = await self._chat(request)
            spoken = texts_for(self._language(chat, request), chat.digits)
            return self._spelled(request, _confided(request, await self._run(request, chat, spoken), spoken))
        except StorageError as error:  # what it says is for the operator
            log.warning("the database failed a request", platform=request.address.platform, key=error.key,
                        cause=error.cause)  # fmt: skip
            return _said(spoken, spoken("error.unexpected"))
        except KawalisError as error:
            log.info("request refused", platform=request.address.platform, key=error.key, cause=error.cause)
            return self._spelled(request, _said(spoken, spoken.error(error)))
        except Exception:
            log.exception("request failed", platform=request.address.platform)
            return _said(spoken, spoken("error.unexpected"))

    def _spelled(self, request: Request, reply: Reply) -> Reply:
        """The reply with commands written as this chat takes them."""
        prefix = spelled_for(request.address.platform)
        return reply if prefix is None else prefix(reply, COMMANDS)

    async def _run(self, request: Request, chat: Chat, spoken: Texts) -> Reply:
        first, *words = _words(request)
        name = ALIASES.get(fold(first), first)
        call = Call(
            request=request, chat=chat, texts=spoken, words=tuple(words), now=request.at or self._services.clock(),
            services=self._services,
        )  # fmt: skip
        if request.inline:
            return await inline.results(call)
        spelled = fold(first) in ALIASES
        if not request.command and not request.pressed and not spelled:
            return await links.free_text(call, _links(request.text))
        command = COMMANDS.get(name)
        if command is None:
            found = _links(request.text)
            if found:  # a chat without slashes: words around a link
                return await links.free_text(call, found)
            if not request.addressed:
                return Reply()
            raise UsageError("error.button_old") if request.pressed else _unknown(name)
        refusal = allowed(command, request, self._services)
        if refusal is not None:
            raise UsageError(refusal, person=f"{request.address.platform}:{request.person}")
        return await command.run(call)

    async def _chat(self, request: Request) -> Chat:
        address = request.address
        async with self._services.database.unit() as unit:
            whole = ChatKey(platform=address.platform, bot=address.bot, chat=address.chat)
            known = await unit.chats.get(replace(whole, thread=address.thread))
            around = await unit.chats.get(whole) if address.thread else None
            if known and known.paused and request.present and not request.inline:
                # Whoever asks us here can be reached here, whatever a send that failed once said.
                await resume(unit, whole, request.at or self._services.clock())
                await unit.commit()
                known = replace(known, paused=False, pause_cause=None)
        here = known or Chat(
            platform=address.platform, bot=address.bot, chat=address.chat, thread=address.thread,
            created=request.at or self._services.clock(),
        )  # fmt: skip
        return here if around is None else here.within(around)

    def _language(self, chat: Chat, request: Request) -> Language:
        """What the chat chose, or what the operator set, or what the platform says of the person, or Arabic."""
        told = (request.language or "")[:2].lower()
        for candidate in (chat.language, self._services.settings.language, told):
            for language in LANGUAGES:
                if candidate == language:
                    return language
        return "ar"


def typed(request: Request) -> Request:
    """What was meant to be typed: a command copied from a message of ours brings marks of direction along."""
    if request.pressed:
        return request
    text = without_prefix(request.address.platform, _plain(request.text))
    command = request.command or (text != request.text and text.startswith("/"))
    fields = request.fields and {name: _plain(value) for name, value in request.fields.items()}
    return replace(request, text=text, command=command, fields=fields)


def _links(text: str) -> list[str]:
    """The addresses in a text; of one that begins with `www.` people leave out what a browser adds."""
    return [each if each.lower().startswith("http") else f"https://{each}" for each in _LINK.findall(text)]


def _plain(text: str) -> str:
    return harmless(text).translate(_MARKS).strip()


def _words(request: Request) -> list[str]:
    """The command's name and its words. A pressed button's action is `do:brief` or `story:ID:who`."""
    if request.pressed:
        action = request.text.removeprefix("do:")
        return (action.split() or [""]) if action != request.text else action.split(":")
    words = request.text.lstrip("/ ").split() or ["help"]
    return [words[0].lower(), *words[1:]]


_MEANT = {
    **dict.fromkeys(("stop", "cancel", "end", "quit", "وقف", "توقف", "قف", "كفي"), "unsubscribe"),
    **dict.fromkeys(("news", "اخبار", "الاخبار"), "brief"),
}
"""What other bots call it, and what no spelling is near to."""


def _unknown(name: str) -> UsageError:
    """What the word may have meant: never what only a button does (`story`)."""
    typed = [command.name for command in COMMANDS.values() if command.name not in _PRESSED]
    near = [_MEANT[fold(name)]] if fold(name) in _MEANT else get_close_matches(name, typed, n=1, cutoff=0.6)
    return (
        UsageError("error.unknown_near", name=name[:40], near=near[0])
        if near
        else UsageError("error.unknown", name=name[:40])
    )


def _confided(request: Request, reply: Reply, spoken: Texts) -> Reply:
    """In a group, what is for the asker alone comes with what to show there where it cannot reach them."""
    if not request.group or not any(message.private for message in reply.messages):
        return reply
    way = Button(label=spoken("button.private"), start="private")
    blocks = (Paragraph(line=line(spoken("private.write_first"))), Buttons(rows=((way,),)))
    return replace(reply, unheard=Message(blocks=blocks, language=spoken.language))


def _said(spoken: Texts, sentence: str) -> Reply:
    shown = Message(blocks=(Paragraph(line=line(sentence)),), language=spoken.language)
    return Reply(messages=(shown,), aside=True)

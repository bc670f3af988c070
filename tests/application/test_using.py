"""docs/using.md shows what the product really answers.

A comment `<!-- shown ar: LINE -->` names a person (ar or en) in Telegram and what they do; the box that follows is what
comes of it, as the terminal shows an answer and Telegram the rest. `KAWALIS_WRITE=1` writes the boxes anew. A line is

- typed; or with `!`, the action of a button that is pressed
- `[label]`: the newest button with this label is pressed
- `https://sample.example/…`: the link of the sample's page is pasted
- `+60`: so many minutes pass; what comes by itself
- `news: NAME …`: the articles of those names in `arriving` arrive; what comes of it by itself
- `comes`: what came by itself meanwhile
"""

import os
import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from adapters.chat.message import Buttons, File, Message
from adapters.chat.ports import Address, Request
from adapters.terminal.render import render
from bot.sample.newsroom import Newsroom
from tests.application import arriving
from tests.application.conftest import Bench
from tests.application.talk import plain

USING = Path(__file__).parents[2] / "docs" / "using.md"
SHOWN = re.compile(r"<!-- shown (ar|en): (.+?) -->\n```text\n(.*?)```", re.DOTALL)
WIDTH, MOST = 100, 24
OUTLETS = ("دفتر القوافل", "مرصد الضفاف")
PEOPLE = {"ar": 42, "en": 43}


@dataclass(slots=True)
class Reader:
    """A person in their own chat with the bot."""

    bench: Bench
    newsroom: Newsroom
    language: str
    buttons: list[tuple[str, str]] = field(default_factory=list)
    seen: int = 0  # so many of the messages that came by themselves

    def __post_init__(self) -> None:
        self.bench.telegram.add_chat(PEOPLE[self.language])

    async def does(self, line: str) -> str:
        """What the person sees of it, with the sample's port replaced and no marks of direction."""
        if line.startswith(("+", "news: ", "comes")):
            shown = await self._waits(line)
        else:
            shown = await self._asks(line)
        return plain(re.sub(r"127\.0\.0\.1(:\d+)?", "sample.example", "\n\n".join(shown)))

    async def _asks(self, line: str) -> list[str]:
        found = [action for label, action in self.buttons if f"[{plain(label)}]" == line]
        assert found or not line.startswith("["), f"no button {line} among {self.buttons[:12]}"
        pasted = line.startswith("http")
        text = found[0] if found else line.lstrip("!").replace("http://sample.example", self.newsroom.root)
        pressed = bool(found) or line.startswith("!")
        reply = await self.bench.application.dispatcher(
            Request(
                address=Address(platform="telegram", bot="7000001", chat=str(PEOPLE[self.language])),
                person=str(PEOPLE[self.language]), text=text, command=not (pressed or pasted), pressed=pressed,
                language=f"{self.language}-SA",
            )
        )  # fmt: skip
        self.buttons[:0] = buttons(reply.messages)
        return [render(without_files(message), width=WIDTH) for message in reply.messages] or [
            reply.notice or ""
        ]

    async def _waits(self, line: str) -> list[str]:
        for name, outlet in zip(line.removeprefix("news: ").split(), OUTLETS, strict=False):
            if article := getattr(arriving, name, None):
                await arriving.arrive(self.bench, self.bench.clock.forward(minutes=20), (outlet, *article))
        if line != "comes":
            self.bench.clock.forward(minutes=int(line) if line.startswith("+") else 0)
            await self.bench.application.tick(self.bench.clock())
            while await self.bench.pump():
                self.bench.clock.forward(seconds=1)
        sent = self.bench.telegram.sent(PEOPLE[self.language])
        new, self.seen = sent[self.seen :], len(sent)
        shown = [wrapped(message.text) for message in new]
        return [one for at, one in enumerate(shown) if not at or "…" not in one.splitlines()]


def wrapped(text: str) -> str:
    """Lines no longer than the box is wide; of a long message the beginning and the end. Of its parts the first is
    shown.
    """
    lines = [part for line in text.splitlines() for part in textwrap.wrap(line, WIDTH) or [""]]
    return "\n".join(lines if len(lines) <= MOST else [*lines[: MOST - 4], "…", *lines[-3:]])


def buttons(messages: Iterable[Message]) -> list[tuple[str, str]]:
    """The label and action of every button."""
    return [
        (button.label, button.action or "")
        for message in messages
        for block in message.blocks
        if isinstance(block, Buttons)
        for row in block.rows
        for button in row
    ]


def without_files(message: Message) -> Message:
    """The message with what it says of a file, and not the file."""
    blocks = (replace(block, content=b"") if isinstance(block, File) else block for block in message.blocks)
    return replace(message, blocks=tuple(blocks))


async def test_the_boxes_are_what_the_product_answers(reading: tuple[Bench, Newsroom]) -> None:
    """Every line shown in the guide is typed, pressed or comes to pass, in order, and is answered as the guide says."""
    text, wrong, moved = USING.read_text("utf-8"), [], []
    readers = {language: Reader(*reading, language) for language in PEOPLE}
    for found in SHOWN.finditer(text):
        language, line, box = found.groups()
        answer = await readers[language].does(line)
        if box.strip() != answer.strip():
            wrong.append(f"{language}: {line}\n{answer}")
        moved.append((found.span(3), f"{answer.strip()}\n"))
    assert moved
    if os.environ.get("KAWALIS_WRITE"):
        for (start, end), answer in reversed(moved):
            text = text[:start] + answer + text[end:]
        USING.write_text(text, "utf-8")
        return
    assert not wrong, "\n\n".join(wrong)


def test_every_reader_command_is_in_the_guide() -> None:
    """A command that the help lists is named in the guide; so is every mode and every button's purpose."""
    text = USING.read_text("utf-8")
    named = (
        "start",
        "brief",
        "latest",
        "coverage",
        "follow",
        "mute",
        "search",
        "why",
        "quiet",
        "topics",
        "zone",
        "digits",
        "export",
        "forget",
    )
    assert [name for name in named if f"/{name}" not in text] == []

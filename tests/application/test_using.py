"""docs/using.md shows what the product really answers.

A comment `<!-- shown ar: LINE -->` names a chat (ar or en) and what is typed there, or with `!`, pressed; the box
that follows is the answer as the terminal shows it. `KAWALIS_WRITE=1` writes the boxes anew.
"""

import os
import re
from dataclasses import replace
from pathlib import Path

from adapters.chat.message import File, Message
from adapters.chat.ports import Address, Request
from adapters.terminal.render import render
from tests.application.conftest import Bench

USING = Path(__file__).parents[2] / "docs" / "using.md"
SHOWN = re.compile(r"<!-- shown (ar|en): (.+?) -->\n```text\n(.*?)```", re.DOTALL)
WIDTH = 100


async def answered(bench: Bench, language: str, line: str) -> str:
    """What the terminal shows, with the sample's port replaced and no marks of direction."""
    pressed = line.startswith("!")
    address = Address(platform="terminal", bot="terminal", chat=f"using-{language}")
    reply = await bench.application.dispatcher(
        Request(
            address=address, person="reader", text=line.lstrip("!"), command=not pressed, pressed=pressed,
            language=f"{language}-SA",
        )
    )  # fmt: skip
    shown = [render(without_files(message), width=WIDTH) for message in reply.messages] or [
        reply.notice or ""
    ]
    text = re.sub(r"127\.0\.0\.1:\d+", "sample.example", "\n\n".join(shown))
    return re.sub("[\u2066-\u2069]", "", text)


def without_files(message: Message) -> Message:
    """The message with what it says of a file, and not the file."""
    blocks = (replace(block, content=b"") if isinstance(block, File) else block for block in message.blocks)
    return replace(message, blocks=tuple(blocks))


async def test_the_boxes_are_what_the_product_answers(bench: Bench) -> None:
    """Every line shown in the guide is typed, in order, and answered as the guide says."""
    text, wrong, moved = USING.read_text("utf-8"), [], []
    for found in SHOWN.finditer(text):
        language, line, box = found.groups()
        answer = await answered(bench, language, line)
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

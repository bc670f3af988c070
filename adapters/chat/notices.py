"""A notice as a message, where there is no toast to show it in, and the other way round."""

from adapters.chat.isolate import mostly
from adapters.chat.message import Message, Paragraph, Text
from adapters.chat.ports import Reply


def notice_message(text: str) -> Message:
    """The text in the language whose letters it has most of."""
    language = "ar" if mostly(text) == "rtl" else "en"
    return Message(blocks=(Paragraph(line=(Text(text=text),)),), language=language)  # type: ignore[arg-type]


def notice_of(reply: Reply) -> str:
    """The paragraphs of a reply as a notice."""
    blocks = (block for message in reply.messages for block in message.blocks)
    return "\n".join("".join(text.text for text in b.line) for b in blocks if isinstance(b, Paragraph))

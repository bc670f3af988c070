"""A notice as a message, where there is no toast to show it in."""

from adapters.chat.isolate import mostly
from adapters.chat.message import Message, Paragraph, Text


def notice_message(text: str) -> Message:
    """The text in the language whose letters it has most of."""
    language = "ar" if mostly(text) == "rtl" else "en"
    return Message(blocks=(Paragraph(line=(Text(text=text),)),), language=language)  # type: ignore[arg-type]

"""A message as a web page: right-to-left, readable without a script, everything escaped."""

from base64 import b64encode
from html import escape

from adapters.chat.harmless import harmless
from adapters.chat.message import (
    Block,
    Bullets,
    Buttons,
    Divider,
    File,
    Heading,
    Line,
    Message,
    Note,
    Paragraph,
    Picture,
    Quotation,
    Text,
)

_STYLE = """
:root{color-scheme:light dark}
body{font-family:"IBM Plex Sans Arabic","Noto Naskh Arabic","Segoe UI",Tahoma,sans-serif;line-height:1.8;
max-width:44rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:1.6rem}
small,.note{color:GrayText;font-size:.9rem}hr{border:0;border-top:1px solid #8884;margin:1.4rem 0}
blockquote{border-inline-start:3px solid #8886;margin:0;padding-inline-start:1rem}a{color:LinkText}
bdi{unicode-bidi:isolate}
"""


def render_page(message: Message, *, title: str) -> str:
    """A whole HTML document."""
    return (
        f'<!doctype html>\n<html lang="{message.language}" dir="{message.direction}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(harmless(title))}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"{render_blocks(message)}\n</main>\n</body>\n</html>"
    )


def render_blocks(message: Message) -> str:
    """The blocks alone, as HTML."""
    return "\n".join(filter(None, (_block(block) for block in message.blocks)))


def _block(block: Block) -> str:
    match block:
        case Heading(line=line, level=level):
            return f"<h{level}>{_line(line)}</h{level}>"
        case Paragraph(line=line):
            return f"<p>{_line(line)}</p>"
        case Bullets(items=items, numbered=numbered):
            tag = "ol" if numbered else "ul"
            return f"<{tag}>" + "".join(f"<li>{_line(item)}</li>" for item in items) + f"</{tag}>"
        case Quotation(lines=lines, expandable=expandable):
            inside = "<br>".join(_line(line) for line in lines)
            quoted = f"<blockquote>{inside}</blockquote>"
            return f"<details open>{quoted}</details>" if expandable else quoted
        case Note(line=line):
            return f'<p class="note">{_line(line)}</p>'
        case Divider():
            return "<hr>"
        case Picture(alt=alt, caption=caption, png=png):
            picture = f'<img alt="{escape(harmless(alt))}" src="{_data(png)}">'
            return f"<figure>{picture}<figcaption>{_line(caption)}</figcaption></figure>"
        case File(caption=caption):
            return f"<p>{_line(caption)}</p>"
        case Buttons():
            return ""  # a page has links; actions belong to chats


def _line(line: Line) -> str:
    return "".join(_inline(inline) for inline in line)


def _inline(inline: Text) -> str:
    shown = escape(harmless(inline.text))
    if inline.code:
        shown = f"<code>{shown}</code>"
    if inline.url and inline.url.startswith(("http://", "https://")):
        shown = f'<a href="{escape(harmless(inline.url))}" rel="noreferrer noopener"><bdi>{shown}</bdi></a>'
    if inline.bold:
        shown = f"<strong>{shown}</strong>"
    return f"<em>{shown}</em>" if inline.italic else shown


def _data(png: bytes) -> str:
    return "data:image/png;base64," + b64encode(png).decode("ascii")

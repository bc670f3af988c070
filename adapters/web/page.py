"""A message as a web page: right-to-left, readable without a script, everything escaped."""

from base64 import b64encode
from html import escape

from adapters.chat.isolate import Direction
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
from adapters.chat.shown import line_direction, shown, shown_line

_STYLE = """
:root{color-scheme:light dark}
body{font-family:"IBM Plex Sans Arabic","Noto Naskh Arabic","Segoe UI",Tahoma,sans-serif;line-height:1.8;
max-width:44rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:1.6rem}
small,.note{color:GrayText;font-size:.9rem}hr{border:0;border-top:1px solid #8884;margin:1.4rem 0}
blockquote{border-inline-start:3px solid #8886;margin:0;padding-inline-start:1rem}
blockquote p{margin:.3rem 0}a{color:LinkText}
bdi{unicode-bidi:isolate}
"""


def render_page(message: Message, *, title: str) -> str:
    """A whole HTML document."""
    return (
        f'<!doctype html>\n<html lang="{message.language}" dir="{message.direction}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(shown(title, message.direction))}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"{render_blocks(message)}\n</main>\n</body>\n</html>"
    )


def render_blocks(message: Message) -> str:
    """The blocks alone, as HTML."""
    return "\n".join(filter(None, (_block(block, message.direction) for block in message.blocks)))


def _block(block: Block, direction: Direction) -> str:
    match block:
        case Heading(line=line, level=level):
            return _element(f"h{level}", line, direction)
        case Paragraph(line=line):
            return _element("p", line, direction)
        case Bullets(items=items, numbered=numbered):
            tag = "ol" if numbered else "ul"
            return f"<{tag}>" + "".join(_element("li", item, direction) for item in items) + f"</{tag}>"
        case Quotation(lines=lines, expandable=expandable):
            inside = "".join(_element("p", line, direction) for line in lines)
            quoted = f"<blockquote>{inside}</blockquote>"
            return f"<details open>{quoted}</details>" if expandable else quoted
        case Note(line=line):
            return _element("p", line, direction, ' class="note"')
        case Divider():
            return "<hr>"
        case Picture(alt=alt, caption=caption, png=png):
            picture = f'<img alt="{escape(shown(alt, direction))}" src="{_data(png)}">'
            return f"<figure>{picture}{_element('figcaption', caption, direction)}</figure>"
        case File(caption=caption):
            return _element("p", caption, direction)
        case Buttons():
            return ""  # a page has links; actions belong to chats


def _element(tag: str, line: Line, direction: Direction, attributes: str = "") -> str:
    """The line in its element, which says so where the line is written from another side than the page."""
    own = line_direction("".join(inline.text for inline in line), direction)
    if own != direction:
        attributes += f' dir="{own}"'
    inside = "".join(_inline(inline) for inline in shown_line(line, direction))
    return f"<{tag}{attributes}>{inside}</{tag}>"


def _inline(inline: Text) -> str:
    html = escape(inline.text)
    if inline.code:
        html = f"<code>{html}</code>"
    if inline.url:
        html = f'<a href="{escape(inline.url)}" rel="noreferrer noopener"><bdi>{html}</bdi></a>'
    if inline.bold:
        html = f"<strong>{html}</strong>"
    return f"<em>{html}</em>" if inline.italic else html


def _data(png: bytes) -> str:
    return "data:image/png;base64," + b64encode(png).decode("ascii")

"""Block Kit's rules, from its reference: which fields each block and element has, and how long they may be.

Written apart from what we send, so that a field we misspell or a limit we misread is caught.
"""

import re
from typing import Any

MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
TOTAL_TEXT = 13_200

_REQUIRED: dict[str, dict[str, set[str]]] = {
    "section": {"must": set(), "may": {"text", "fields", "accessory", "expand"}},
    "header": {"must": {"text"}, "may": {"level"}},
    "divider": {"must": set(), "may": set()},
    "context": {"must": {"elements"}, "may": set()},
    "actions": {"must": {"elements"}, "may": set()},
    "image": {"must": {"alt_text"}, "may": {"image_url", "slack_file", "title"}},
    "rich_text": {"must": {"elements"}, "may": set()},
    "input": {"must": {"label", "element"}, "may": {"hint", "optional", "dispatch_action"}},
}
_RICH: dict[str, set[str]] = {
    "rich_text_section": {"elements"},
    "rich_text_quote": {"elements", "border"},
    "rich_text_preformatted": {"elements", "border"},
    "rich_text_list": {"elements", "style", "indent", "offset", "border"},
}
_INLINE: dict[str, set[str]] = {
    "text": {"text", "style"},
    "link": {"url", "text", "style", "unsafe"},
    "user": {"user_id", "style"},
    "channel": {"channel_id", "style"},
    "emoji": {"name", "unicode"},
}
_STYLES = {"bold", "italic", "strike", "code", "underline"}


class BlocksError(Exception):
    """What Slack would answer with `invalid_blocks`."""


def _check(true: object, what: str) -> None:
    if not true:
        raise BlocksError(what)


def size(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def check(blocks: object, *, most: int = MESSAGE_BLOCKS, files: set[str] | None = None) -> None:
    """Raise `BlocksError` unless Slack would take these blocks. `files`: uploaded files that may be shown."""
    _check(isinstance(blocks, list), "blocks is no list")
    assert isinstance(blocks, list)
    _check(len(blocks) <= most, f"no more than {most} items allowed [json-pointer:/blocks]")
    names = [block.get("block_id") for block in blocks if isinstance(block, dict) and "block_id" in block]
    _check(len(names) == len(set(names)), "block_id already exists")
    for place, block in enumerate(blocks):
        try:
            _block(block, files or set())
        except BlocksError as error:
            raise BlocksError(f"{error} [json-pointer:/blocks/{place}]") from None


def total(value: object) -> int:
    """All text of the blocks, in UTF-16 units."""
    if isinstance(value, dict):
        return sum(size(v) if k == "text" and isinstance(v, str) else total(v) for k, v in value.items())
    return sum(total(inner) for inner in value) if isinstance(value, list) else 0


def _block(block: Any, files: set[str]) -> None:
    _check(isinstance(block, dict) and block.get("type") in _REQUIRED, "unsupported block")
    kind = block["type"]
    rules = _REQUIRED[kind]
    _fields(block, rules["must"], rules["may"] | {"type", "block_id"})
    if "block_id" in block:
        _string(block["block_id"], 255)
    match kind:
        case "section":
            _section(block)
        case "header":
            _text(block["text"], {"plain_text"}, 150)
        case "context":
            _list(block["elements"], 10)
            for element in block["elements"]:
                _text(element, {"plain_text", "mrkdwn"}, 3000)
        case "actions":
            _list(block["elements"], 25)
            for element in block["elements"]:
                _button(element)
            names = [element["action_id"] for element in block["elements"] if "action_id" in element]
            _check(len(names) == len(set(names)), "action_id already exists")
        case "image":
            _image(block, files)
        case "rich_text":
            _rich(block)
        case "input":
            _text(block["label"], {"plain_text"}, 2000)
            _answered(block["element"])


def _section(block: dict[str, Any]) -> None:
    _check("text" in block or "fields" in block, "a section needs text or fields")
    if "text" in block:
        _text(block["text"], {"plain_text", "mrkdwn"}, 3000)
    if "fields" in block:
        _list(block["fields"], 10)
        for field in block["fields"]:
            _text(field, {"plain_text", "mrkdwn"}, 2000)
    if "accessory" in block:
        _button(block["accessory"])


def _image(block: dict[str, Any], files: set[str]) -> None:
    _string(block["alt_text"], 2000)
    _check(("image_url" in block) != ("slack_file" in block), "one of image_url and slack_file")
    if "image_url" in block:
        _address(block["image_url"])
    else:
        file = block["slack_file"]
        _check(isinstance(file, dict) and set(file) == {"id"} and file["id"] in files, "invalid slack file")
    if "title" in block:
        _text(block["title"], {"plain_text"}, 2000)


def _button(element: Any) -> None:
    _check(isinstance(element, dict) and element.get("type") == "button", "unsupported element")
    may = {"type", "action_id", "url", "value", "style", "confirm", "accessibility_label"}
    _fields(element, {"text"}, may)
    _text(element["text"], {"plain_text"}, 75)
    if "action_id" in element:
        _string(element["action_id"], 255)
    if "value" in element:
        _string(element["value"], 2000)
    if "url" in element:
        _address(element["url"])
    _check(element.get("style", "primary") in ("primary", "danger"), "unknown style")


_ELEMENTS: dict[str, set[str]] = {
    "static_select": {"options", "initial_option", "placeholder"},
    "timepicker": {"initial_time", "placeholder", "timezone"},
    "plain_text_input": {"initial_value", "placeholder", "multiline", "min_length", "max_length"},
}


def _answered(element: Any) -> None:
    """What a person fills in: only in modals."""
    _check(isinstance(element, dict) and element.get("type") in _ELEMENTS, "unsupported element")
    _fields(element, {"action_id"}, _ELEMENTS[element["type"]] | {"type"})
    _string(element["action_id"], 255)
    if element["type"] == "static_select":
        _list(element.get("options"), 100)
        for option in element["options"]:
            _fields(option, {"text", "value"}, set())
            _text(option["text"], {"plain_text"}, 75)
            _string(option["value"], 150)
        _check(element.get("initial_option", element["options"][0]) in element["options"], "initial_option")
    if "initial_time" in element:
        _check(re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", element["initial_time"]), "initial_time")


def _rich(block: dict[str, Any]) -> None:
    _list(block["elements"], 1000)
    for element in block["elements"]:
        _check(isinstance(element, dict) and element.get("type") in _RICH, "unsupported rich text element")
        _fields(element, {"elements"}, _RICH[element["type"]] | {"type"})
        _list(element["elements"], 1000)
        if element["type"] == "rich_text_list":
            _check(element.get("style") in ("bullet", "ordered"), "a list needs a style")
            for item in element["elements"]:
                _check(item.get("type") == "rich_text_section", "a list holds sections")
                _list(item["elements"], 1000)
                _inlines(item["elements"])
        else:
            _inlines(element["elements"])
    _check(total(block) <= 4000, "rich text too long")


def _inlines(elements: list[Any]) -> None:
    for element in elements:
        _check(isinstance(element, dict) and element.get("type") in _INLINE, "unsupported inline")
        _fields(element, set(), _INLINE[element["type"]] | {"type"})
        if element["type"] == "text":
            _string(element.get("text"), 4000)
        if element["type"] == "link":
            _address(element.get("url"))
        style = element.get("style", {})
        _check(set(style) <= _STYLES and all(v is True or v is False for v in style.values()), "bad style")


def _text(value: Any, kinds: set[str], most: int) -> None:
    _check(isinstance(value, dict) and value.get("type") in kinds, f"text must be {kinds}")
    _fields(value, {"text"}, {"type", "emoji" if value["type"] == "plain_text" else "verbatim"})
    _string(value["text"], most)
    _check(not re.search(r"&(?!amp;|lt;|gt;)", value["text"]), "an ampersand that is not escaped")
    if value["type"] == "plain_text":
        _check(not re.search(r"[<>]", value["text"]), "an angle bracket that is not escaped")
    else:
        left = re.sub(r"<(?:https?://[^|<>]+(?:\|[^<>]*)?|[@#!][^<>]+)>", "", value["text"])
        _check(not re.search(r"[<>]", left), "an angle bracket that is not escaped")


def _fields(value: dict[str, Any], must: set[str], may: set[str]) -> None:
    _check(must <= set(value), f"missing field: {sorted(must - set(value))}")
    _check(set(value) <= must | may, f"additional properties: {sorted(set(value) - must - may)}")


def _list(value: Any, most: int) -> None:
    _check(isinstance(value, list) and 0 < len(value) <= most, f"between 1 and {most} items")


def _string(value: Any, most: int) -> None:
    _check(isinstance(value, str) and 0 < size(value) <= most, f"between 1 and {most} characters")


def _address(value: Any) -> None:
    _string(value, 3000)
    _check(re.fullmatch(r"https?://[^\s<>]+", value), "invalid url")

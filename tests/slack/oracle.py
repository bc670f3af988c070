"""Our blocks built once more with slackblocks, which raises where Block Kit's rules are broken."""

from typing import Any

from slackblocks import blocks, elements, objects
from slackblocks.rich_text.elements import RichText, RichTextLink
from slackblocks.rich_text.objects import RichTextList, RichTextQuote, RichTextSection


def built(block: dict[str, Any]) -> Any:
    """The block as slackblocks makes it from the same words; raises where it would not."""
    name = block.get("block_id")
    match block["type"]:
        case "header":
            return blocks.HeaderBlock(_text(block["text"]), name)
        case "divider":
            return blocks.DividerBlock(name)
        case "context":
            return blocks.ContextBlock([_text(each) for each in block["elements"]], name)
        case "actions":
            return blocks.ActionsBlock([_button(each) for each in block["elements"]], name)
        case "image":
            title = _text(block["title"]) if "title" in block else None
            # The place that stands for the file until it is uploaded is no file's id yet.
            file = objects.SlackFile(url=None, id="F00000001")
            return blocks.ImageBlock(alt_text=block["alt_text"], title=title, block_id=name, slack_file=file)
        case "rich_text":
            return blocks.RichTextBlock([_rich(each) for each in block["elements"]], name)
    raise AssertionError(block["type"])


def _text(value: dict[str, Any]) -> objects.Text:
    kind = objects.TextType.PLAINTEXT if value["type"] == "plain_text" else objects.TextType.MARKDOWN
    verbatim = bool(value.get("verbatim", False))
    return objects.Text(value["text"], kind, emoji=bool(value.get("emoji", False)), verbatim=verbatim)


def _button(value: dict[str, Any]) -> elements.Button:
    return elements.Button(
        _text(value["text"]),
        action_id=value["action_id"],
        url=value.get("url"),
        value=value.get("value"),
        style=value.get("style"),
    )


def _rich(value: dict[str, Any]) -> Any:
    if value["type"] == "rich_text_list":
        sections = [_rich(each) for each in value["elements"]]
        return RichTextList(value["style"], sections, offset=value.get("offset", 0))
    inner = [_inline(each) for each in value["elements"]]
    if value["type"] == "rich_text_quote":
        return RichTextQuote(inner)
    assert value["type"] == "rich_text_section"
    return RichTextSection(inner)


def _inline(value: dict[str, Any]) -> Any:
    style = value.get("style", {})
    if value["type"] == "link":
        return RichTextLink(value["url"], value["text"], **style)
    return RichText(value["text"], **style)

"""A form as a modal, and what a person answered in it. Pure."""

from collections.abc import Mapping
from typing import Any

from adapters.chat.forms import Choice, Field, Form, Hour, Words
from adapters.chat.isolate import Direction
from adapters.chat.shown import shown
from adapters.slack import limits
from adapters.slack.inlines import Json, escape
from adapters.slack.render import shortened
from summaries.harmless import harmless

TITLE, LABEL, OPTION, OPTIONS = 24, 2000, 75, 100


def modal(form: Form, chat: str) -> Json:
    """The view for `views.open`. The chat travels along, so that the answers are known to belong to it."""
    direction: Direction = "rtl" if form.language == "ar" else "ltr"
    return {
        "type": "modal",
        "callback_id": form.name,
        "private_metadata": chat,
        "title": _text(form.title, TITLE, direction),
        "submit": _text(form.submit, TITLE, direction),
        "close": _text(form.close, TITLE, direction),
        "blocks": [_input(field, direction) for field in form.fields],
    }


def answers(values: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """The answers of a `view_submission` by field; what was left empty is the empty text."""
    found: dict[str, str] = {}
    for block, inner in values.items():
        given: Mapping[str, Any] = next(iter(inner.values()), {})
        chosen = (given.get("selected_option") or {}).get("value")
        found[block] = str(chosen or given.get("selected_time") or given.get("value") or "")
    return found


def _input(field: Field, direction: Direction) -> Json:
    block = {"type": "input", "block_id": field.name, "label": _text(field.label, LABEL, direction)}
    block["element"] = _element(field, direction)
    return block | {"optional": not isinstance(field, Choice)}


def _element(field: Field, direction: Direction) -> Json:
    match field:
        case Choice(name=name, options=options, value=value):
            shown = [
                {"text": _text(label, OPTION, direction), "value": one}
                for one, label in _offered(options, value)
            ]
            chosen = [option for option in shown if option["value"] == value]
            element: Json = {"type": "static_select", "action_id": name, "options": shown}
            return element | ({"initial_option": chosen[0]} if chosen else {})
        case Hour(name=name, value=value):
            return {"type": "timepicker", "action_id": name} | ({"initial_time": value} if value else {})
        case Words(name=name, value=value):
            element = {"type": "plain_text_input", "action_id": name}
            held = shortened(harmless(value or ""), limits.TEXT)
            return element | ({"initial_value": held} if held else {})


def _offered(options: tuple[tuple[str, str], ...], value: str | None) -> tuple[tuple[str, str], ...]:
    """As many as Slack takes, what is chosen always among them: else saving the form would choose another."""
    chosen = tuple(option for option in options[OPTIONS:] if option[0] == value)
    return (*options[: OPTIONS - len(chosen)], *chosen)


def _text(text: str, most: int, direction: Direction) -> Json:
    said = shortened(escape(shown(text, direction)).strip(), most) or "…"
    return {"type": "plain_text", "text": said, "emoji": False}

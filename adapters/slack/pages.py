"""What a person sees in the browser while installing. Pure."""

import html
from collections.abc import Mapping
from dataclasses import dataclass

PAGE = """<!doctype html>
<html lang="{first}" dir="{side}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Kawalis</title>
<style>body{{font:1.1rem/1.7 system-ui,sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem}}</style>
</head><body>{parts}</body></html>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class InstallWords:
    """In one language: that it is done, and the link into Slack; that it failed (`{reason}` is filled in), and the link
    to the beginning.
    """

    done: str
    open: str
    failed: str
    again: str


def done_page(words: Mapping[str, InstallWords], address: str) -> str:
    """The app is installed; `address` opens it in Slack."""
    return _page({code: (each.done, each.open) for code, each in words.items()}, address)


def failed_page(words: Mapping[str, InstallWords], reason: str, address: str) -> str:
    """It is not; `reason` is what Slack or we call it, `address` where to begin again."""
    told = {code: (each.failed.format(reason=reason), each.again) for code, each in words.items()}
    return _page(told, address)


def _page(told: Mapping[str, tuple[str, str]], address: str) -> str:
    parts = "".join(
        f'<p lang="{code}" dir="{_side(code)}">{html.escape(said)}<br>'
        f'<a href="{html.escape(address)}">{html.escape(label)}</a></p>'
        for code, (said, label) in told.items()
    )
    first = next(iter(told))
    return PAGE.format(first=first, side=_side(first), parts=parts)


def _side(code: str) -> str:
    return "rtl" if code == "ar" else "ltr"

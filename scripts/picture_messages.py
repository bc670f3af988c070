"""The golden messages as web pages that look much like Telegram and Slack, to be looked at or photographed.

python scripts/picture_messages.py FOLDER
chromium --headless --no-sandbox --screenshot=FOLDER/telegram_ar.png FOLDER/telegram_ar.html
"""

import json
import re
import sys
from html import escape
from pathlib import Path
from typing import Any

GOLDEN = Path(__file__).parents[1] / "tests" / "bot" / "golden"
STYLE = """
body{font:15px/1.5 'Noto Sans','Noto Sans Arabic',sans-serif;background:#dfe8ef;columns:3 380px;padding:12px}
section{break-inside:avoid;background:#fff;border-radius:12px;padding:8px 12px;margin:0 0 12px}
small{color:#888}p{margin:.5em 0;unicode-bidi:plaintext;text-align:start}
blockquote{border-inline-start:3px solid #39c;unicode-bidi:plaintext;margin:4px 0;padding-inline-start:8px}
.row{display:flex;gap:4px}a{color:#168acd;text-decoration:none}h4{margin:4px 0}.ctx{color:#666;font-size:13px}
.row span{flex:1;background:#cfe0ee;border-radius:6px;text-align:center;padding:3px;margin:2px 0}
"""


def telegram(text: str) -> str:
    """Telegram's HTML is HTML; each line takes its direction from its first strong letter."""
    lines = []
    for line in text.split("\n"):
        if line.startswith("[") and line.endswith("]") and "<" not in line:
            keys = re.findall(r"\[(.*?)\](?= \[|$)", line)
            lines.append(
                "<div class=row>" + "".join(f"<span dir=auto>{escape(key)}</span>" for key in keys) + "</div>"
            )
        elif line.strip():
            lines.append(f"<p dir=auto>{line}</p>")
    return "".join(lines)


def slack(value: Any) -> str:
    """An approximation of Block Kit: headers, sections, rich text, contexts and buttons."""
    if isinstance(value, list):
        return "".join(slack(each) for each in value)
    kind = value.get("type", "")
    inner = slack(value.get("elements", []))
    if kind == "header":
        return f"<h4 dir=auto>{escape(value['text']['text'])}</h4>"
    if kind == "section":
        return f"<p dir=auto>{slack(value['text'])}</p>"
    if kind in {"plain_text", "mrkdwn"}:
        return re.sub(r"&lt;(http[^|]*)\|(.*?)&gt;", r"<a>\2</a>", escape(value["text"]))
    if kind == "text":
        return (
            f"<b>{escape(value['text'])}</b>" if value.get("style", {}).get("bold") else escape(value["text"])
        )
    if kind == "link":
        return f"<a>{escape(value.get('text', value['url']))}</a>"
    if kind == "button":
        return f"<span dir=auto>{escape(value['text']['text'])}</span>"
    frames = {"actions": "<div class=row>{}</div>", "context": "<p class=ctx dir=auto>{}</p>", "divider": "<hr>",
              "rich_text_section": "<p dir=auto>{}</p>", "rich_text_quote": "<blockquote dir=auto>{}</blockquote>",
              "rich_text_list": "<div>{}</div>"}  # fmt: skip
    return frames.get(kind, "{}").format(inner)


def page(name: str, text: str) -> str:
    parts = re.split(r"^=== (.+)$", text, flags=re.MULTILINE)[1:]
    shown = []
    for title, body in zip(parts[::2], parts[1::2], strict=True):
        html = telegram(body) if name.startswith("telegram") else slack(json.loads(body))
        shown.append(f"<section><small>{escape(title)}</small>{html}</section>")
    return f"<!doctype html><meta charset=utf-8><style>{STYLE}</style>{''.join(shown)}"


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    for file in [*GOLDEN.glob("telegram_*.txt"), *GOLDEN.glob("slack_*.txt")]:
        (folder / f"{file.stem}.html").write_text(page(file.stem, file.read_text("utf-8")), "utf-8")

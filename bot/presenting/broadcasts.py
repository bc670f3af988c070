"""Broadcasts as messages: what a channel gets, and what its editors see."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from adapters.chat.message import (
    Block,
    Bullets,
    Button,
    Buttons,
    Heading,
    Line,
    Message,
    Note,
    Paragraph,
    Text,
)
from bot.broadcasting.content import Change, Content
from bot.presenting import words
from bot.presenting.briefs import brief_message, plain
from bot.presenting.buttons import channel_buttons
from bot.texts import Texts
from storage.editors import Act, Draft, DraftState, Editor

SHORT = 16  # letters of a story's id in a button; all of its id would not fit


def post_message(content: Content, title: str, texts: Texts, *, corrected: datetime | None = None) -> Message:
    """The post: the brief as kept, with the editor's word marked as theirs and, later, that it was corrected."""
    made = brief_message(
        content.kept, title, texts, zone=ZoneInfo(content.zone), actions=False, name_zone=True
    )
    head: list[Block] = [made.blocks[0]]
    if corrected is not None:
        at = words.moment(corrected, texts, ZoneInfo(content.zone))
        head.append(Note(line=(Text(text=texts("correction.mark", at=at), bold=True),)))
    elif content.note:
        head.append(
            Paragraph(line=(Text(text=texts("draft.word"), bold=True), Text(text=f" {content.note}")))
        )
    below = (
        (channel_buttons(content.kept.stories, content.kept.topic, texts),) if content.kept.stories else ()
    )
    return replace(made, blocks=(*head, *made.blocks[1:], *below))


def reply_message(reason: str, changed: Sequence[Change], texts: Texts) -> Message:
    """The answer below a corrected post: what was wrong, and what was changed."""
    blocks: list[Block] = [Heading(line=plain(texts("correction.title"))), Paragraph(line=plain(reason))]
    if changed:
        items = tuple(plain(texts(f"correction.{one.kind}", headline=one.headline)) for one in changed)
        blocks.append(Bullets(items=items))
    return Message(blocks=tuple(blocks), language=texts.language)


def part_gone(texts: Texts) -> Message:
    """What stands in the place of a part that a corrected post needs no more."""
    return Message(blocks=(Note(line=plain(texts("correction.part_gone"))),), language=texts.language)


def notice_message(draft: Draft, content: Content, said: str, button: str, texts: Texts) -> Message:
    """What became of a draft; with the `button` (`draft`, `resume`) of what its editor can do about it. `again`: they
    can have posted at once what they approved before, or look at it.
    """
    blocks: list[Block] = [Paragraph(line=plain(said))]
    if button == "again":
        label = texts("button.draft_publish_correction" if content.corrects else "button.draft_approve")
        act = f"draft:{draft.id}"
        post = Button(label=label, action=f"{act}:approve:{content.revision}", style="primary")
        blocks.append(Buttons(rows=((post, Button(label=texts("button.draft"), action=f"{act}:show")),)))
    elif button:
        verb = "show" if button == "draft" else button
        does = Button(label=texts(f"button.{button}"), action=f"draft:{draft.id}:{verb}", style="primary")
        blocks.append(Buttons(rows=((does,),)))
    return Message(blocks=tuple(blocks), language=texts.language)


def draft_message(draft: Draft, content: Content, channel: str, texts: Texts, said: str = "") -> Message:
    """The draft's card: where and when, which stories, what can be done with it, and `said` of it above all."""
    zone = ZoneInfo(content.zone)
    correcting = bool(content.corrects)
    title = texts("draft.title_correction" if correcting else "draft.title", channel=channel)
    blocks: list[Block] = [
        Heading(line=plain(title)),
        *((Paragraph(line=plain(said)),) if said else ()),
        Note(line=plain(_state(draft, channel, texts, zone))),
        Bullets(items=tuple(plain(story.headline) for story in content.kept.stories), numbered=True),
    ]
    blocks += _written(content, texts)
    buttons = _buttons(draft, content, texts)
    return Message(blocks=(*blocks, *([Buttons(rows=buttons)] if buttons else [])), language=texts.language,
                   private=True)  # fmt: skip


def _written(content: Content, texts: Texts) -> list[Block]:
    """The editor's word, how to write one, and what was taken out."""
    blocks: list[Block] = []
    head = texts("draft.reason" if content.corrects else "draft.word")
    if content.note:
        blocks.append(Paragraph(line=(Text(text=head, bold=True), Text(text=f" {content.note}"))))
    elif content.corrects:
        blocks.append(Paragraph(line=plain(texts("draft.reason_needed"))))
    out = [story.headline for story in content.brief.stories if story.id in content.dropped]
    if out:
        blocks.append(Note(line=plain(texts("draft.dropped", headlines=" · ".join(out)))))
    return blocks


def _state(draft: Draft, channel: str, texts: Texts, zone: ZoneInfo) -> str:
    city = words.city(zone.key, texts)
    match draft.state:
        case DraftState.POSTED:
            at = words.moment(draft.decided or draft.created, texts, zone)
            return texts("draft.was_posted", channel=channel, at=at, zone=city)
        case DraftState.REJECTED:
            return texts("draft.rejected")
        case DraftState.APPROVED if draft.scheduled:
            return texts("draft.waits", at=words.moment(draft.scheduled, texts, zone), zone=city)
        case _ if draft.scheduled:
            return texts("draft.will_wait", at=words.moment(draft.scheduled, texts, zone), zone=city)
        case _:
            return texts("draft.at_once")


def _buttons(draft: Draft, content: Content, texts: Texts) -> tuple[tuple[Button, ...], ...]:
    def button(verb: str, **more: str) -> Button:
        style = {"approve": "primary", "now": "plain", "reject": "danger", "cancel": "danger"}.get(
            verb, "plain"
        )
        label = texts(f"button.draft_{more.get('label', verb)}")
        seen = f":{content.revision}" if verb in ("approve", "now") else ""
        return Button(label=label, action=f"draft:{draft.id}:{verb}{seen}", style=style)  # type: ignore[arg-type]

    match draft.state:
        case DraftState.DRAFT if content.corrects:
            return (
                (button("approve", label="publish_correction"),), (button("edit"), button("refresh", label="retell"),
                button("preview")), (button("reject"),),
            )  # fmt: skip
        case DraftState.DRAFT:
            approve = (button("approve", label="schedule"), button("now")) if draft.scheduled else (
                button("approve"),
            )  # fmt: skip
            return approve, (button("edit"), button("refresh"), button("preview")), (button("reject"),)
        case DraftState.APPROVED:
            return (button("now"), button("preview")), (button("cancel"),)
        case DraftState.POSTED if not content.corrects:
            return ((button("correct"),),)
        case _:
            return ()


def edit_message(draft: Draft, content: Content, channel: str, texts: Texts) -> Message:
    """The draft opened for editing: each story with the buttons that take it out or move it up."""
    rows: list[tuple[Button, ...]] = []
    stories = content.kept.stories
    for place, story in enumerate(stories if len(stories) > 1 else (), start=1):
        act = f"draft:{draft.id}"
        out = Button(label=texts("button.draft_drop", place=place), action=f"{act}:drop:{story.id[:SHORT]}")
        up = Button(label=texts("button.draft_up", place=place), action=f"{act}:up:{story.id[:SHORT]}")
        rows.append((out, up) if place > 1 else (out,))
    for number, story in enumerate((s for s in content.brief.stories if s.id in content.dropped), start=1):
        label = texts("button.draft_restore", place=number)
        rows.append((Button(label=label, action=f"draft:{draft.id}:restore:{story.id[:SHORT]}"),))
    rows.append((Button(label=texts("button.draft_done"), action=f"draft:{draft.id}:show", style="primary"),))
    out_of = [story.headline for story in content.brief.stories if story.id in content.dropped]
    blocks: list[Block] = [
        Heading(line=plain(texts("draft.editing", channel=channel))),
        Bullets(items=tuple(plain(story.headline) for story in content.kept.stories), numbered=True),
    ]
    if out_of:
        blocks.append(Paragraph(line=(Text(text=texts("draft.out"), bold=True),)))
        blocks.append(Bullets(items=tuple(plain(headline) for headline in out_of), numbered=True))
    if content.corrects:
        blocks += _written(replace(content, dropped=()), texts)
    else:
        blocks.append(Note(line=plain(texts("draft.how_note"))))
    return Message(blocks=(*blocks, Buttons(rows=tuple(rows))), language=texts.language, private=True)


def editors_message(
    channel: str, editors: Sequence[Editor], acts: Sequence[Act], texts: Texts, zone: ZoneInfo
) -> Message:
    """Who edits the channel, and what was done there last."""
    blocks: list[Block] = [Heading(line=plain(texts("editors.title", channel=channel)))]
    if editors:
        blocks.append(Bullets(items=tuple(_editor(editor, texts, zone) for editor in editors)))
    else:
        blocks.append(Paragraph(line=plain(texts("editors.none"))))
    if acts:
        blocks.append(
            Paragraph(line=(Text(text=texts("editors.record", zone=words.city(zone.key, texts)), bold=True),))
        )
        blocks.append(Bullets(items=tuple(_act(act, texts, zone) for act in acts)))
    blocks.append(Note(line=plain(texts("editors.how", channel=channel))))
    return Message(blocks=tuple(blocks), language=texts.language, private=True)


def _editor(editor: Editor, texts: Texts, zone: ZoneInfo) -> Line:
    at = words.moment(editor.created, texts, zone)
    said = texts("editors.since", by=editor.added_by, at=at, zone=words.city(zone.key, texts))
    return (Text(text=editor.person, code=True), Text(text=f" — {said}"))


def _act(act: Act, texts: Texts, zone: ZoneInfo) -> Line:
    did = texts(f"act.{act.action}", **{"person": "", **act.values})
    return (
        Text(text=f"{words.moment(act.at, texts, zone)} — "),
        Text(text=act.person, code=True),
        Text(text=f": {did}"),
    )

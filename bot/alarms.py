"""What the operator must hear of the sources (F27): dead, failing, moved and silent ones.

`source_alarms` reads the states of polling and decides; each alarm has an id made of what it is about, so that it is
told once for each occurrence, whichever process looks, and however often. `Alarms` writes them into the outbox
for the admins (KAWALIS_ADMINS).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from adapters.chat.message import Heading, Message, Paragraph, Text
from bot.collecting import Policy
from bot.collecting.decide import GONE
from bot.collecting.outages import OUTAGE, Network
from bot.operators import tell
from bot.presenting.reports import notice_words
from bot.services import Services
from bot.texts import Texts
from storage.sources import SourceState
from summaries.types import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """`code` and `values` as in a `Notice`; `id` differs for each occurrence."""

    id: str
    code: str
    outlet: str = ""
    values: tuple[tuple[str, str], ...] = ()


def source_alarms(
    pairs: Sequence[tuple[Source, SourceState]], now: datetime, policy: Policy
) -> tuple[Alarm, ...]:
    """The alarms that hold at `now`. Where no source answers any more it is one alarm, not one each: the fault is on
    our side then, and says nothing of those that were asked meanwhile.
    """
    asked = [(source, state) for source, state in pairs if source.enabled]
    failing = [pair for pair in asked if pair[1].failures >= policy.notice_after and not pair[1].stopped]
    away = Network.of([state for _, state in asked if not state.stopped], policy).away(now, policy)
    if away or (len(asked) > 1 and len(failing) == len(asked)):
        since = _latest([state.last_answered for _, state in asked])
        return (Alarm(id=f"alarm:none:{since}", code="none", values=(("count", str(len(asked))),)),)
    found = [_alarm(source, state, now, policy) for source, state in asked]
    return tuple(alarm for alarm in found if alarm is not None)


def _alarm(source: Source, state: SourceState, now: datetime, policy: Policy) -> Alarm | None:
    code, since, values = "", "", {}
    if state.stopped:
        code = "gone" if state.last_error == GONE else ""  # else somebody stopped it
        since = _latest([state.last_answered])
    elif state.failures:
        if state.failures < policy.notice_after or state.last_error == OUTAGE:
            return None
        code, since = "failing", str(state.last_answered)
        values = {"error": state.last_error or "", "failures": str(policy.notice_after)}
    elif state.last_new is not None and _silent(state, state.last_new, now, policy):
        code, since = "silent", str(state.last_new)
        values = {"since": since}
    elif state.url != source.url:
        code, since = "moved", state.url
        values = {"url": state.url}
    id_ = f"alarm:{code}:{source.id}:{since}"
    return Alarm(id=id_, code=code, outlet=source.outlet, values=tuple(values.items())) if code else None


def _latest(moments: Sequence[datetime | None]) -> str:
    """What tells one occurrence from the next: when anything answered last. A source that never did tells nothing."""
    return str(max((moment for moment in moments if moment is not None), default=""))


def _silent(state: SourceState, last_new: datetime, now: datetime, policy: Policy) -> bool:
    """A source that used to write daily has brought nothing for days, though it answers."""
    return (state.entries_per_week or 0) >= 7 and now - last_new >= policy.silent_after


class Alarms:
    """The minute's job: tells the admins what they have not been told."""

    def __init__(self, services: Services, policy: Policy | None = None) -> None:
        self._services = services
        self._policy = policy or Policy()

    async def tick(self, now: datetime) -> int:
        """Write what is new into the outbox; how many deliveries."""
        if not self._services.settings.admins:
            return 0
        async with self._services.database.reading() as unit:
            pairs = await unit.sources.all()
        alarms = source_alarms(pairs, now, self._policy)
        return await tell(self._services, {alarm.id: partial(alarm_message, alarm) for alarm in alarms}, now)


def alarm_message(alarm: Alarm, words: Texts) -> Message:
    """The alarm as it is sent."""
    said = notice_words(alarm.code, alarm.outlet, dict(alarm.values), words)
    title = Heading(line=(Text(text=words("notice.title")),))
    return Message(blocks=(title, Paragraph(line=(Text(text=said),))), language=words.language)

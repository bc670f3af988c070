"""Which message told a reader which story, kept so that a denial can answer it (F9)."""

from collections.abc import Sequence

from adapters.chat.ports import Arrived
from bot.carriers import REMEMBERED
from bot.commands.registry import Call
from storage.alerts import says
from storage.told import Told
from summaries.types import BriefStory


def remembered(call: Call, stories: Sequence[BriefStory]) -> Arrived:
    """What is to be done once the answer that tells these stories is sent."""

    async def keep(sent: Sequence[tuple[str, str]]) -> None:
        found = {
            story.id: message
            for story in stories
            for payload, message in reversed(sent)
            if says(payload, story.headline)
        }
        async with call.services.database.unit() as unit:
            since = call.now - REMEMBERED
            await Told(unit.connection).put(call.chat.key, found, now=call.now, since=since)
            await unit.commit()

    return keep

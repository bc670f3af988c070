"""What commands and stages are handed by the composition root."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from adapters.chat.ports import Address, Place
from bot.briefing import Briefing
from bot.prepared import Prepared
from bot.settings import Language, Settings
from bot.summarising import LinkReader
from storage.database import Database
from summaries.names import Gazetteer
from summaries.topic import Topic
from summaries.types import TopicId

if TYPE_CHECKING:
    from bot.delivering import Publisher


class Rights(Protocol):
    """What a chat platform can tell about a target: may we post there? `None` is yes; else a text key."""

    async def find(self, target: Address) -> Place | None:
        """The channel or group that an editor named; None where there is none that we can see. Raises a
        `KawalisError` where the platform does not say.
        """

    async def refusal(self, target: Address, editor: str) -> str | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    settings: Settings
    database: Database
    briefing: Briefing
    prepared: Prepared
    gazetteer: Gazetteer
    articles: LinkReader
    publisher: "Publisher"
    topics: Mapping[TopicId, Topic]
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
    rights: Mapping[str, Rights]  # by platform
    sample: bool = False

    @property
    def default_topic(self) -> TopicId:
        return next(iter(self.topics))

    @property
    def default_language(self) -> Language:
        return self.settings.language or "ar"

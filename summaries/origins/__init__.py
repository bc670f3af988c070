"""Where a report comes from: the outlets an article rests on, and those that a story has in the end."""

from summaries.origins.finding import find_origins
from summaries.origins.sharing import copies, origins_of_story

__all__ = ["copies", "find_origins", "origins_of_story"]

"""The same conversations in both chats."""

import pytest

from tests.application.conftest import Bench
from tests.application.editors.desk import Desk, desk_of


@pytest.fixture(params=["telegram", "slack"])
def desk(request: pytest.FixtureRequest, bench: Bench) -> Desk:
    """An editor in the chat, with a channel in which they and the bot may post."""
    return desk_of(request.param, bench)

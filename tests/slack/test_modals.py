"""A modal's answers: what is wrong with them is Slack's answer to the submission itself, over either connection."""

import asyncio
from typing import Any

import pytest

from adapters.chat.forms import Form, Words
from adapters.chat.ports import Reply
from adapters.slack import hearing
from adapters.slack.app import SlackApp
from adapters.slack.modal import modal
from tests.fakes.slack import SlackFake
from tests.fakes.slack.people import PERSON
from tests.fakes.slack.world import words
from tests.slack.conftest import Desk, Starts, said

FORM = Form(name="preferences", title="Settings", submit="Save", close="Close", language="en",
            fields=(Words(name="zone", label="Zone"), Words(name="follow", label="Follow")))  # fmt: skip
WRONG = Reply(errors={"zone": "We do not know the zone."})


@pytest.fixture(params=["socket", "http"])
async def app(request: pytest.FixtureRequest, start: Starts, fake: SlackFake) -> SlackApp:
    """The app on its Socket Mode connection, and on signed HTTP."""
    if request.param == "socket":
        return await start()
    app = await start(app_token=None, signing_secret=fake.signing_secret)
    fake.http = app.handle_http
    return app


@pytest.fixture
def view(fake: SlackFake) -> dict[str, Any]:
    return modal(FORM, fake.world.direct_with(PERSON))


@pytest.mark.usefixtures("app")
async def test_what_is_wrong_is_shown_beside_its_field(
    fake: SlackFake, desk: Desk, view: dict[str, Any]
) -> None:
    """The submission is answered with the errors, and nothing else is said."""
    desk.replies["preferences"] = WRONG
    await fake.submit(view, {"zone": "Mars"})
    assert fake.world.view_errors == {"zone": "We do not know the zone."}
    assert desk.asked[-1].fields == {"zone": "Mars", "follow": ""}
    assert fake.sockets.strange_answers == []
    assert fake.sent(PERSON) == []


@pytest.mark.usefixtures("app")
async def test_right_answers_close_the_modal(fake: SlackFake, desk: Desk, view: dict[str, Any]) -> None:
    """Without errors the submission is acknowledged with nothing; what came of it is told in the direct message."""
    desk.replies["preferences"] = Reply(messages=(said("Saved."),))
    await fake.submit(view, {})
    assert fake.world.view_errors == {}
    assert "Saved." in words((await fake.answers(1, PERSON))[0].blocks)


@pytest.mark.usefixtures("app")
async def test_errors_that_come_too_late_are_told_as_a_message(
    fake: SlackFake, desk: Desk, view: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slack waits three seconds: a slow check closes the modal, and what was wrong comes in the direct message."""
    monkeypatch.setattr(hearing, "MODAL_SECONDS", 0.0)
    checked = asyncio.Event()
    ask = desk.__class__.__call__

    async def slow(self: Desk, request: Any) -> Reply:
        await checked.wait()
        return await ask(self, request)

    monkeypatch.setattr(Desk, "__call__", slow)
    desk.replies["preferences"] = WRONG
    await fake.submit(view, {"zone": "Mars"})
    assert fake.world.view_errors == {}
    checked.set()
    assert "We do not know the zone." in words((await fake.answers(1, PERSON))[0].blocks)

"""The drawing of a delivery's life in `docs/architecture.md` is what the code does, no more and no less."""

import inspect
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import get_args

from sqlalchemy import select, update

from adapters.chat.ports import Gone, Later, Moved, Refused, SendResult, Sent, Unknown
from bot.delivering import MOST_ATTEMPTS, verdict
from bot.engine.desk import follow
from storage import claiming
from storage.database import Database
from storage.outbox import Ambiguous, Delivery, Outbox, State, Target
from storage.tables.outbox import deliveries
from storage.unit_of_work import UnitOfWork
from storage.workers import Workers
from tests.faults.test_platform import BOT, NOW

STEP = re.compile(r"^ *(\w+) +--([\w ]+)--> +(\w+)", re.MULTILINE)
STATES: tuple[State, ...] = get_args(State)
Act = Callable[[UnitOfWork], Awaitable[object]]


def drawn() -> set[tuple[str, str, str]]:
    text = (Path(__file__).parents[2] / "docs" / "architecture.md").read_text()
    return set(STEP.findall(text.partition("## A delivery's life")[2].partition("## ")[0]))


def _marked(result: SendResult, policy: Ambiguous = "resend", attempts: int = 1) -> Act:
    async def act(unit: UnitOfWork) -> None:
        row = Delivery(id=1, platform="telegram", bot="7", chat="1", thread="", edition="e", part=0, payload="{}",
                       attempts=attempts, silent=False, reply_to=None)  # fmt: skip
        decided = verdict(row, result, NOW, policy)
        await unit.outbox.mark([decided.mark], owner="o", now=NOW)
        await follow(unit, [(row, decided)])

    return act


ACTS: tuple[tuple[str, Act], ...] = (
    ("claim", lambda unit: unit.outbox.claim({BOT: 1}, owner="o", now=NOW)),
    ("sent", _marked(Sent(message="1"))),
    ("later", _marked(Later(seconds=3))),
    ("moved", _marked(Moved(chat="-100"))),
    ("lost", _marked(Unknown(cause="x"))),
    ("lost", _marked(Unknown(cause="x"), "hold")),
    ("lost", _marked(Unknown(cause="x"), attempts=MOST_ATTEMPTS)),
    ("gone", _marked(Gone(cause="x"))),
    ("refused", _marked(Refused(cause="x"))),
    ("owner dead", lambda unit: unit.workers.release_orphans("resend")),
    ("owner dead", lambda unit: unit.workers.release_orphans("hold")),
    ("not known to its owner", lambda unit: unit.outbox.unclaim("o", [])),
    ("called off", lambda unit: unit.outbox.call_off(["e"], "x")),
    (
        "called off",
        lambda unit: unit.outbox.call_off_in(Target(platform="telegram", bot="7", chat="1"), "e", "x"),
    ),
    ("sent again", lambda unit: unit.outbox.retry(["e"], NOW)),
    ("sent again", lambda unit: unit.outbox.settle_held("ready", NOW)),
    ("parked", lambda unit: unit.outbox.park("restored")),
    ("let go", lambda unit: unit.outbox.settle_held("cancelled", NOW)),
    ("wait", lambda unit: unit.outbox.postpone(*BOT, NOW)),
    ("wait", lambda unit: unit.outbox.wait_is_over([NOW], NOW)),
    ("wait", lambda unit: unit.outbox.put_right(NOW)),
)


async def _after(database: Database, state: State, act: Act) -> str:
    async with database.unit() as unit:
        await unit.outbox.publish(
            "e", {"telegram": ["{}"]}, [Target(platform="telegram", bot="7", chat="1")], now=NOW
        )
        owner = "o" if state == "claimed" else None
        await unit.connection.execute(update(deliveries).values(id=1, state=state, owner=owner))
        await act(unit)
        return str(await unit.connection.scalar(select(deliveries.c.state)))


async def test_the_drawing_is_what_the_code_does(database: Database) -> None:
    """Every state meets everything that can happen to it: what changes is drawn, and what is drawn changes."""
    done = set()
    for state in STATES:
        for name, act in ACTS:
            after = await _after(database, state, act)
            if after != state:
                done.add((state, name, after))
    assert done == drawn()
    assert {state for before, _, after in done for state in (before, after)} == set(STATES)


def test_nothing_else_changes_a_state() -> None:
    """Each statement that writes a delivery's state is among what the drawing was compared with."""
    tried = "".join(inspect.getsource(act) for _, act in ACTS) + inspect.getsource(follow)
    writers = {
        name
        for kind in (Outbox, Workers)
        for name, method in inspect.getmembers(kind, inspect.isfunction)
        if "update(deliveries)" in inspect.getsource(method)
    }
    assert {name for name in writers - {"_mark"} if f".{name}(" not in tried} == set()
    assert inspect.getsource(claiming).count("update(deliveries)") == 3  # claim, and sent in two dialects

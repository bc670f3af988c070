"""DBOS on our own database. It owns schedules, queues and recovery; this module alone knows its names.

It is launched inside the running loop, so that workflows, recovered ones too, run where the HTTP clients live.
"""

import asyncio
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions
from sqlalchemy import Connection, Engine

from storage.database import Database
from storage.unit_of_work import UnitOfWork

NAME = "kawalis"
VERSION = "kawalis-1"
"""Pinned, or work in flight would strand on an upgrade. A changed workflow gets a new name instead."""

TICKING, COLLECTING, DECIDING, DELIVERING = "ticking", "collecting", "deciding", "delivering"
QUEUES = (TICKING, COLLECTING, DECIDING, DELIVERING)
TICK, COLLECT, DECIDE, DRAIN = "kawalis.tick.1", "kawalis.collect.1", "kawalis.decide.1", "kawalis.drain.1"
POLL_SECONDS = 1.0
DRAIN_POLL_SECONDS = 0.5
KEPT = timedelta(hours=1)  # finished workflows, for whoever looks
FORGOTTEN_AT_ONCE = 500
ROUNDS = 20  # of forgetting in one go, so that it keeps up with many bots and holds nobody up
FINISHED = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]


def drain_id(platform: str, bot: str, number: int) -> str:
    """The id of a bot's drain. Numbered, since DBOS has no deduplication in queues with partitions."""
    return f"drain:{platform}:{bot}:{number}"


class Durable:
    """The engine of one process. Only one can be open in a process, since DBOS has one registry."""

    def __init__(self, database: Database, executor: str, queues: Collection[str]) -> None:
        self._engine: Engine = database.sync_engine()
        self._executor, self._listened = executor, list(queues)
        self._client: DBOSClient | None = None

    async def open(self, tick: Any) -> None:
        """Launch: tables, queues, the minute's schedule; what this executor left unfinished goes on."""
        config: DBOSConfig = {
            "name": NAME, "system_database_engine": self._engine, "application_version": VERSION,
            "executor_id": self._executor, "log_level": "ERROR", "use_listen_notify": False,
        }  # fmt: skip
        DBOS(config=config)
        DBOS.listen_queues(self._listened)
        DBOS.launch()  # in the loop's thread on purpose: it is how DBOS learns of the loop
        self._client = DBOSClient(system_database_engine=self._engine, application_name=NAME, lazy=True)
        await self._declare()
        await DBOS.apply_schedules_async(
            [{"schedule_name": "minute", "workflow_fn": tick, "schedule": "* * * * *", "queue_name": TICKING}]
        )

    async def _declare(self) -> None:
        for name in (TICKING, COLLECTING, DECIDING):
            await DBOS.register_queue_async(name, global_concurrency=1, polling_interval_sec=POLL_SECONDS)
        await DBOS.register_queue_async(
            DELIVERING,
            partition_concurrency=1,
            polling_interval_sec=DRAIN_POLL_SECONDS,
            on_conflict="never_update",
        )

    async def close(self) -> None:
        """Stop taking work. What is unfinished is recovered by the next life or by a peer."""
        if self._client is not None:
            # DBOS had put in its own threads and takes them away; people are still answered meanwhile.
            asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor())
            await asyncio.to_thread(DBOS.destroy)
            self._client = None
        self._engine.dispose()

    async def enqueue_once(self, workflow: str, queue: str) -> None:
        """Put a workflow into its queue, unless one waits or runs there."""
        await DBOS.enqueue_workflow_with_options_async(
            {"workflow_name": workflow, "queue_name": queue, "app_version": VERSION,
             "deduplication_id": workflow, "duplication_policy": "return-existing"}
        )  # fmt: skip

    async def enqueue_drains(self, unit: UnitOfWork, bots: Collection[tuple[str, str]]) -> None:
        """Have what is written for these bots sent: in the unit's own transaction, so that both are kept or
        neither. A drain that waits or runs already is left as it is.
        """
        if self._client is None:
            return
        for platform, bot in sorted(bots):
            number = await unit.workers.drain_number(platform, bot)
            options: EnqueueOptions = {
                "workflow_name": DRAIN, "queue_name": DELIVERING, "app_version": VERSION,
                "workflow_id": drain_id(platform, bot, number), "queue_partition_key": f"{platform}:{bot}",
            }  # fmt: skip
            put = partial(_enqueue, client=self._client, options=options, args=(platform, bot, number))
            await unit.connection.run_sync(put)

    async def share(self, most: int) -> None:
        """How many bots one process may hold."""
        queue = await DBOS.retrieve_queue_async(DELIVERING)
        if queue is not None:
            await queue.set_worker_concurrency_async(most)

    async def unfinished_drains(self) -> dict[str, str]:
        """The workflow id of each drain that runs or waits, with its state."""
        found = await DBOS.list_workflows_async(
            name=DRAIN, status=["ENQUEUED", "PENDING"], load_input=False, load_output=False
        )
        return {workflow.workflow_id: workflow.status for workflow in found}

    async def is_over(self, workflow: str) -> bool:
        """Whether that workflow is known and finished, in whatever way."""
        status = await DBOS.get_workflow_status_async(workflow)
        return status is not None and status.status in FINISHED

    async def resume_of_the_dead(self, living: Collection[str]) -> int:
        """Put back into their queues the workflows that ran in executors which are not at work; how many."""
        running = await DBOS.list_workflows_async(status="PENDING", load_input=False, load_output=False)
        dead = [workflow for workflow in running if workflow.executor_id not in living]
        for queue in {workflow.queue_name for workflow in dead}:
            ids = [workflow.workflow_id for workflow in dead if workflow.queue_name == queue]
            await DBOS.resume_workflows_async(ids, queue_name=queue)
        return len(dead)

    async def forget_finished(self) -> int:
        """Delete finished workflows; DBOS keeps them for ever. How many, some hundreds in each transaction."""
        total = 0
        for _ in range(ROUNDS):
            gone = await self._forget_some()
            total += gone
            if gone < FORGOTTEN_AT_ONCE:
                break
        return total

    async def _forget_some(self) -> int:
        before = (datetime.now(UTC) - KEPT).isoformat()
        done = await DBOS.list_workflows_async(
            status=FINISHED,
            completed_before=before,
            limit=FORGOTTEN_AT_ONCE,
            load_input=False,
            load_output=False,
        )
        if done:
            await DBOS.delete_workflows_async([workflow.workflow_id for workflow in done])
        return len(done)


def _enqueue(
    connection: Connection, client: DBOSClient, *, options: EnqueueOptions, args: Sequence[Any]
) -> None:
    client.enqueue_in_transaction(connection, options, *args)

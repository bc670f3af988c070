"""The minute's jobs."""

from datetime import UTC, datetime, timedelta

from bot.keeping import hourly
from bot.minute import MinuteJob, run_jobs

NOW = datetime(2024, 3, 28, 12, tzinfo=UTC)


async def test_a_failing_job_keeps_no_other_from_running() -> None:
    """Each job is tried whatever became of those before it, and told the same moment."""
    told: list[datetime] = []

    async def fails(now: datetime) -> int:
        raise RuntimeError

    async def works(now: datetime) -> int:
        told.append(now)
        return 3

    jobs = [MinuteJob(name="bad", run=fails), MinuteJob(name="good", run=works)]
    assert await run_jobs(jobs, NOW) == {"good": 3}
    assert told == [NOW]


async def test_an_hourly_job_that_failed_is_tried_in_the_next_minute() -> None:
    """Once it worked, it rests for the rest of the hour; a database that was away for a minute costs no hour."""
    tries: list[datetime] = []

    async def fails_once(now: datetime) -> int:
        tries.append(now)
        if len(tries) == 1:
            raise RuntimeError
        return 1

    jobs = [MinuteJob(name="hourly", run=hourly(fails_once))]
    minutes = [NOW + timedelta(minutes=minute) for minute in (0, 1, 2, 59, 60)]
    assert [await run_jobs(jobs, minute) for minute in minutes] == [
        {}, {"hourly": 1}, {"hourly": 0}, {"hourly": 0}, {"hourly": 1},
    ]  # fmt: skip

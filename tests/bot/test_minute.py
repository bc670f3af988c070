"""The minute's jobs."""

from datetime import UTC, datetime

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

"""What all tests share: a worker more than there are cores, since the tests of faults wait most of their time;
property tests have no deadline, since a busy machine is no defect; and no test's logging reaches another, since
`main` and the service set it up for the whole process.
"""

import logging
import os
from collections.abc import Iterator

import pytest
import structlog
from hypothesis import settings

settings.register_profile("kawalis", deadline=None)
settings.load_profile("kawalis")


def pytest_xdist_auto_num_workers() -> int:
    return (os.cpu_count() or 1) + 1


@pytest.fixture(autouse=True)
def logging_as_it_was() -> Iterator[None]:
    before, root = structlog.get_config(), logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    levels = {name: logging.getLogger(name).level for name in logging.root.manager.loggerDict}
    yield
    structlog.configure(**before)
    root.setLevel(level)
    root.handlers[:] = handlers
    for name, was in levels.items():
        logging.getLogger(name).setLevel(was)

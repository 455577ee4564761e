"""The queue of trainings: a directory for each job, the order they run in, their workers."""

from typing import TYPE_CHECKING

from mnist_core.system.lazy_imports import exports

if TYPE_CHECKING:
    from mnist_core.jobs.admission import submit as submit
    from mnist_core.jobs.queue import QueueFull as QueueFull
    from mnist_core.jobs.queue import read as read
    from mnist_core.jobs.queue import stop as stop
    from mnist_core.jobs.state import JobState as JobState

__getattr__ = exports(
    __name__,
    {
        "submit": "mnist_core.jobs.admission:submit",
        "JobState": "mnist_core.jobs.state:JobState",
        "QueueFull": "mnist_core.jobs.queue:QueueFull",
        "read": "mnist_core.jobs.queue:read",
        "stop": "mnist_core.jobs.queue:stop",
    },
)

"""The queue of trainings: a directory for each job, the order they run in, their workers."""

from mnist_core.jobs.admission import submit as submit
from mnist_core.jobs.queue import QueueFull as QueueFull
from mnist_core.jobs.queue import read as read
from mnist_core.jobs.queue import stop as stop
from mnist_core.jobs.state import JobState as JobState

"""What whoever runs a server can set in its environment: each setting is here, and nowhere else.

A setting is called to be read: `max_epochs()`. It is read afresh each time.
"""

import os

from mnist_core.system import capacity, machine
from mnist_core.system.setting_types import ByMachine as ByMachine
from mnist_core.system.setting_types import Networks, Secret, Setting, Switch, Text
from mnist_core.system.setting_types import WholeNumber as WholeNumber


def _trainings_at_once() -> int:
    # With a cluster, this machine does not train.
    return 1 if scheduler() else capacity.trainings_at_once(machine.here())


def _max_memory_mb() -> int:
    if scheduler():
        return capacity.LARGEST_TRAINING_MB
    return capacity.training_mb(machine.here(), trainings_at_once())


def _max_sessions() -> int:
    at_once = 0 if scheduler() else trainings_at_once()
    return capacity.sessions(machine.here(), at_once, max_memory_mb())


models_directory = Text(
    "MNIST_MODELS",
    "directory for the networks that people train, and for their trainings",
    "`saved_models/local`",
)
trainings_at_once = ByMachine(
    "MNIST_TRAININGS_AT_ONCE",
    "trainings that run at the same time; the others are queued",
    "one for every four processors that there is memory for; none below 0.95 GB",
    smallest=1,
    of_machine=_trainings_at_once,
)
queue_limit = WholeNumber(
    "MNIST_QUEUE_LIMIT", "trainings that may run or be queued; any more are refused", default=60
)
disk_mb = WholeNumber(
    "MNIST_DISK_MB",
    "disk space for people's models, in MB; beyond that the oldest without a star are deleted",
    default=2_000,
)
max_minutes = WholeNumber(
    "MNIST_MAX_MINUTES",
    "minutes a training may take; then it is stopped and the network kept",
    default=60,
)
training_niceness = WholeNumber(
    "MNIST_NICENESS",
    "how far trainings give way to pages: 0 not at all, 19 the most (`nice`)",
    # At 5, thirty workers that start at once still kept pages waiting for seconds.
    default=10,
)
warm_worker_minutes = WholeNumber(
    "MNIST_SPARE_MINUTES",
    "minutes a warm worker waits after somebody looked at Train; 0 turns it off",
    default=10,
)
warm_worker_memory_mb = WholeNumber(
    "MNIST_SPARE_MEMORY_MB", "free memory that a warm worker needs, in MB", default=2_000
)
scheduler = Text(
    "MNIST_SCHEDULER",
    "address of a `dask.distributed` scheduler on whose cluster trainings run "
    "([how](docs/scaling.md))",
    "none: this computer trains",
)
cluster_timeout_seconds = WholeNumber(
    "MNIST_CLUSTER_PATIENCE",
    "seconds for which a server and a worker of its cluster wait for each other",
    default=60,
)
max_epochs = WholeNumber("MNIST_MAX_EPOCHS", "most epochs in one training", default=100, smallest=1)
max_layers = WholeNumber("MNIST_MAX_LAYERS", "most layers in one network", default=30, smallest=1)
max_parameters = WholeNumber(
    "MNIST_MAX_PARAMETERS",
    "most parameters in one network, all members of a committee together",
    default=20_000_000,
    smallest=1,
)
max_memory_mb = ByMachine(
    "MNIST_MAX_MEMORY_MB",
    "memory for a training's numbers, in MB, not counting TensorFlow",
    "what is left beside the web process and TensorFlow, at most `3000`",
    smallest=1,
    of_machine=_max_memory_mb,
)
max_sessions = ByMachine(
    "MNIST_MAX_SESSIONS",
    "people (open pages) at the same time; others are asked to wait a moment",
    "by memory and processors: about 150 for each processor",
    smallest=1,
    of_machine=_max_sessions,
)
hosted = Switch(
    "MNIST_HOSTED",
    "on: everybody is a visitor, also who opens the app on the computer it runs on "
    "([what visitors may do](docs/visitors.md))",
    "off: who opens it there, under `localhost`, owns everything",
)
trusted_proxies = Networks(
    "MNIST_TRUSTED_PROXIES",
    "addresses of the proxies whose `X-Forwarded-For` is believed, separated by commas",
    "none: the address that connects counts",
)
sessions_per_address = WholeNumber(
    "MNIST_SESSIONS_PER_ADDRESS",
    "open pages from one address at the same time; a school has one address for all",
    default=100,
    smallest=1,
)
session_mb = WholeNumber(
    "MNIST_SESSION_MB",
    "megabytes of photos that the server keeps for one open page, and for all pages twenty times "
    "that",
    default=24,
    smallest=12,
)
trainings_per_hour = WholeNumber(
    "MNIST_TRAININGS_PER_HOUR",
    "trainings that one visitor may start in an hour; all from one address, fifteen times that",
    default=20,
    smallest=1,
)
photos_per_minute = WholeNumber(
    "MNIST_PHOTOS_PER_MINUTE",
    "photos that one visitor may have read in a minute; all from one address, fifteen times that",
    default=12,
    smallest=1,
)
keep_days = WholeNumber(
    "MNIST_KEEP_DAYS",
    "days after which what visitors made is deleted: networks, trainings, kept drawings; 0 keeps "
    "it",
    default=30,
)
read_only = Switch("MNIST_READ_ONLY", "on: nobody can train, only look and draw", "off")
metrics = Switch(
    "MNIST_METRICS",
    "on: the server's figures for Prometheus under `/metrics`, for who asks without a proxy "
    "([how](docs/observing.md))",
    "off",
)
training_word = Secret(
    "MNIST_TRAINING_WORD",
    "a word that visitors type once before they can train, for classes",
    "none is needed",
)

ALL: tuple[Setting, ...] = (
    models_directory,
    trainings_at_once,
    queue_limit,
    disk_mb,
    max_minutes,
    training_niceness,
    warm_worker_minutes,
    warm_worker_memory_mb,
    scheduler,
    cluster_timeout_seconds,
    max_epochs,
    max_layers,
    max_parameters,
    max_memory_mb,
    max_sessions,
    hosted,
    trusted_proxies,
    sessions_per_address,
    session_mb,
    trainings_per_hour,
    photos_per_minute,
    keep_days,
    read_only,
    training_word,
    metrics,
)


def problems() -> list[str]:
    """What is set to something that it cannot be, a sentence each."""
    found = []
    for setting in ALL:
        try:
            setting()
        except RuntimeError as problem:
            found.append(str(problem))
    # Some settings follow from others.
    return list(dict.fromkeys(found))


def unknown() -> list[str]:
    """Variables that look like settings and are none, perhaps misspelt."""
    known = {setting.name for setting in ALL}
    return sorted(name for name in os.environ if name.startswith("MNIST_") and name not in known)

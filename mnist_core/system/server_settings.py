"""What whoever runs a server can set in its environment: each setting is here, and nowhere else.

A setting is called to be read: `max_epochs()`. It is read afresh each time.
"""

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Setting:
    """An environment variable.

    Attributes:
        name: of the variable.
        meaning: of its value, with its unit.
        without: what holds where it is not set, in words.
    """

    name: str
    meaning: str
    without: str = ""

    def __call__(self) -> object:
        """The value that holds now."""
        raise NotImplementedError

    def default_in_words(self) -> str:
        """What holds where it is not set."""
        return self.without


@dataclass(frozen=True)
class WholeNumber(Setting):
    """A setting with a whole number of at least `smallest`."""

    default: int = 0
    smallest: int = 0

    def __call__(self) -> int:
        """The number that holds now.

        Raises:
            RuntimeError: the variable holds something else; the message names it.
        """
        text = os.environ.get(self.name) or str(self.default)
        try:
            found = int(text)
        except ValueError as error:
            raise RuntimeError(f"{self.name} must be a whole number, not {text!r}.") from error
        if found < self.smallest:
            raise RuntimeError(f"{self.name} must be at least {self.smallest}, not {found}.")
        return found

    def default_in_words(self) -> str:
        """The default as it would be set."""
        return f"`{self.default}`"


@dataclass(frozen=True)
class Text(Setting):
    """A setting with a text, such as an address."""

    def __call__(self) -> str:
        """The text that holds now; empty where there is none."""
        return os.environ.get(self.name, "")


models_directory = Text(
    "MNIST_MODELS",
    "directory for the networks that people train, and for their trainings",
    "`saved_models/local`",
)
trainings_at_once = WholeNumber(
    "MNIST_TRAININGS_AT_ONCE",
    "trainings that run at the same time; the others are queued",
    default=1,
    smallest=1,
)
queue_limit = WholeNumber(
    "MNIST_QUEUE_LIMIT", "trainings that may run or be queued; any more are refused", default=30
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
max_memory_mb = WholeNumber(
    "MNIST_MAX_MEMORY_MB",
    "memory for a training's numbers, in MB, not counting TensorFlow",
    default=3_000,
    smallest=1,
)

ALL: tuple[Setting, ...] = (
    models_directory,
    trainings_at_once,
    queue_limit,
    disk_mb,
    max_minutes,
    warm_worker_minutes,
    warm_worker_memory_mb,
    scheduler,
    cluster_timeout_seconds,
    max_epochs,
    max_layers,
    max_parameters,
    max_memory_mb,
)


def problems() -> list[str]:
    """What is set to something that it cannot be, a sentence each."""
    found = []
    for setting in ALL:
        try:
            setting()
        except RuntimeError as problem:
            found.append(str(problem))
    return found


def unknown() -> list[str]:
    """Variables that look like settings and are none, perhaps misspelt."""
    known = {setting.name for setting in ALL}
    return sorted(name for name in os.environ if name.startswith("MNIST_") and name not in known)

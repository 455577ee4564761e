"""What a job is asked to do, and how it ended."""

from dataclasses import dataclass
from typing import Annotated, Literal

import msgspec

from mnist_core.networks.recipes import Recipe
from mnist_core.networks.settings import Settings

Ending = Literal["done", "stopped", "failed", "interrupted", "paused"]

# The year 9000: no calendar here reaches much further.
_LATEST = 221_845_392_000.0


@dataclass(frozen=True)
class Spec:
    """A training that somebody asked for.

    Attributes:
        recipe: the network.
        settings: how to train it.
        submitted: when it was asked for, seconds since 1970.
        started_from: the model whose weights it starts from; None for fresh weights.
        learns_drawings: it learns from somebody's drawings as well as from MNIST.
        visitor: a text that stands for who asked for it, so that the queue can be fair; None if
            unknown.
        series: shared by all trainings that were submitted together; None for a single one.
        owner: the visitor of a hosted server who asked for it, to whom it and its model belong;
            None for a training of whoever owns the computer.
        most_seconds: so long after its first report it ends, and keeps what it has learned by
            then; None for no limit but the server's.
    """

    recipe: Recipe
    settings: Settings
    submitted: Annotated[float, msgspec.Meta(ge=0, le=_LATEST)]
    started_from: Annotated[str, msgspec.Meta(max_length=64)] | None = None
    learns_drawings: bool = False
    visitor: Annotated[str, msgspec.Meta(max_length=64)] | None = None
    series: Annotated[str, msgspec.Meta(max_length=64)] | None = None
    owner: Annotated[str, msgspec.Meta(max_length=64)] | None = None
    most_seconds: Annotated[float, msgspec.Meta(gt=0)] | None = None


@dataclass(frozen=True)
class Result:
    """How a job ended.

    Attributes:
        state: whether it came to its end.
        model: the name of the model it made, if any.
        message: a sentence if something went wrong.
        test_accuracy: of the model as saved, 0..1, where that is what its last epoch left.
    """

    state: Ending
    model: str | None = None
    message: str | None = None
    test_accuracy: float | None = None

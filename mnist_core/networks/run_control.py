"""Requests to a running training."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RunControl:
    """What a training is asked to do from now on.

    Attributes:
        stop: end, and keep what was learned.
        paused: wait, with everything as it is.
        leave: while paused, the process may end; the training resumes from its checkpoint later.
        learning_rate: train at this rate; None for the settings' own. A schedule keeps its shape,
            with this as its largest rate.
    """

    stop: bool = False
    paused: bool = False
    leave: bool = False
    learning_rate: float | None = None


@dataclass(frozen=True)
class RateChange:
    """The learning rate was changed by hand after this step of this epoch."""

    epoch: int
    step: int
    learning_rate: float

"""What people ask of a training while it runs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RunControl:
    """What a training is asked to do from now on.

    Attributes:
        stop: end, and keep what was learned.
        paused: wait, with everything as it is.
        leave: while it waits, its process may end; it goes on from its checkpoint later.
        learning_rate: learn at this rate; None for the settings' own. A schedule goes on, its
            largest rate being this one.
    """

    stop: bool = False
    paused: bool = False
    leave: bool = False
    learning_rate: float | None = None


@dataclass(frozen=True)
class RateChange:
    """Somebody changed the learning rate after this step of this epoch."""

    epoch: int
    step: int
    learning_rate: float

"""What is found out about the digits that a class wrote: which network reads them best, and which
digit is hardest for all networks.

Digits of one person are alike, so what is luck is asked of people, not of digits: had others come,
would it be the same network? How far a hand is from MNIST is in `hand_distance`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import comb

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mnist_core.data.dataset import CLASSES

FEWEST_PEOPLE = 5
"""With fewer, nothing can be said about other people."""
_LEVEL = 0.05
_RESAMPLES = 2_000


@dataclass(frozen=True)
class NetworkScore:
    """How a network reads the class.

    Attributes:
        name: of the network.
        correct: the number of digits that it reads as they were meant.
        count: the number of digits.
        is_close: whether it could be luck that another is ahead of it; True for the best itself
            if one of the others is that close.
    """

    name: str
    correct: int
    count: int
    is_close: bool


@dataclass(frozen=True)
class Difficulty:
    """How hard a digit is for all networks together.

    Attributes:
        label: the digit.
        wrong: the number of answers that were wrong, of all networks.
        answers: the number of all of them; 0 if nobody wrote this digit.
        is_close: as in `NetworkScore`, compared with the hardest.
    """

    label: int
    wrong: int
    answers: int
    is_close: bool

    @property
    def share(self) -> float:
        """Of the answers that were wrong, 0..1."""
        return self.wrong / self.answers if self.answers else 0.0


@dataclass(frozen=True)
class Misread:
    """A digit that networks misread.

    Attributes:
        position: of the digit among those of the class.
        wrong: how many networks misread it.
        networks: of so many.
        mostly: what most of those say it is; the smaller digit of two.
    """

    position: int
    wrong: int
    networks: int
    mostly: int


def network_scores(
    predictions: Mapping[str, ArrayLike], labels: ArrayLike, people: ArrayLike
) -> tuple[NetworkScore, ...]:
    """Rank networks, the best first; equally good ones by name.

    Args:
        predictions: network -> the digits that it says, shape `(n,)`.
        labels: the digits that were meant, `(n,)`.
        people: who wrote them, `(n,)`: any numbers.
    """
    truth = np.asarray(labels)
    correct = {name: np.asarray(said) == truth for name, said in predictions.items()}
    order = sorted(correct, key=lambda name: (-int(correct[name].sum()), name))
    if not order or not len(truth):
        return ()
    best = order[0]
    close = {name: may_be_luck(correct[best], correct[name], people) for name in order[1:]}
    close[best] = any(close.values())
    return tuple(
        NetworkScore(name, int(correct[name].sum()), len(truth), close[name]) for name in order
    )


def difficulties(
    predictions: Mapping[str, ArrayLike], labels: ArrayLike, people: ArrayLike
) -> tuple[Difficulty, ...]:
    """Rank the ten digits by how large a part of all answers to them is wrong, the hardest first.

    For the arguments see `network_scores`.
    """
    truth, writers = np.asarray(labels), np.asarray(people)
    wrong = _wrong(predictions, truth)
    asked = np.bincount(truth, minlength=CLASSES)
    missed = np.bincount(truth, wrong.sum(axis=0), minlength=CLASSES).astype(int)
    shares = missed / np.maximum(asked, 1)
    order = np.argsort(-shares, kind="stable").tolist()
    sums = np.stack([_by_person(wrong.sum(axis=0), truth == one, writers) for one in order])
    counts = np.stack([_by_person(np.ones(len(truth)), truth == one, writers) for one in order])
    lower = _lowest_difference(sums, counts)
    enough = len(np.unique(writers)) >= FEWEST_PEOPLE
    close = [bool(missed[order[0]]) and (not enough or one <= 0) for one in lower]
    close[0] = any(close[1:])
    return tuple(
        Difficulty(label, int(missed[label]), int(asked[label]) * len(wrong), is_close)
        for label, is_close in zip(order, close, strict=True)
    )


def most_misread(
    predictions: Mapping[str, ArrayLike], labels: ArrayLike, most: int
) -> tuple[Misread, ...]:
    """The digits that most networks misread, at most so many; of equals the first one."""
    truth = np.asarray(labels)
    said = np.stack([np.asarray(one) for one in predictions.values()])
    wrong = _wrong(predictions, truth).sum(axis=0)
    order = [int(one) for one in np.argsort(-wrong, kind="stable")[:most] if wrong[one]]
    found = []
    for position in order:
        answers = np.bincount(said[:, position], minlength=CLASSES)
        answers[truth[position]] = 0
        found.append(Misread(position, int(wrong[position]), len(said), int(answers.argmax())))
    return tuple(found)


def may_be_luck(better: ArrayLike, other: ArrayLike, people: ArrayLike) -> bool:
    """Whether one network's lead over another may be luck.

    It may if the digits alone could decide it (a sign test of those that only one of them reads),
    or if other people could have: 95 of 100 classes drawn anew from this one do not agree.

    Args:
        better: where the network that is ahead is correct, bool `(n,)`.
        other: where the other one is.
        people: who wrote them, `(n,)`.
    """
    first, second, writers = np.asarray(better), np.asarray(other), np.asarray(people)
    fixed, broken = int((first & ~second).sum()), int((second & ~first).sum())
    if fixed <= broken or _sign_test(fixed, broken) > _LEVEL:
        return True
    if len(np.unique(writers)) < FEWEST_PEOPLE:
        return False
    everywhere = np.ones(len(first), bool)
    lead = _by_person(first.astype(float) - second, everywhere, writers)
    return bool(np.quantile(_resampled(len(lead)) @ lead, _LEVEL / 2) <= 0)


def _sign_test(wins: int, losses: int) -> float:
    """How likely a lead at least as large is if both are equally good, 0..1; two-sided."""
    together = wins + losses
    tail = sum(comb(together, k) for k in range(max(wins, losses), together + 1))
    return float(min(1.0, 2 * tail / 2**together))


def _wrong(predictions: Mapping[str, ArrayLike], truth: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Where each network is wrong, bool `(networks, n)`."""
    said = np.array([np.asarray(one) for one in predictions.values()])
    return np.asarray(said.reshape(len(predictions), len(truth)) != truth)


def _by_person(
    values: NDArray[np.float64], chosen: NDArray[np.bool_], people: NDArray[np.int64]
) -> NDArray[np.float64]:
    """The sum of the chosen values of each person, `(people,)`."""
    everybody, whose = np.unique(people, return_inverse=True)
    sums = np.bincount(whose[chosen], values[chosen], minlength=len(everybody))
    return sums.astype(np.float64)


def _resampled(people: int) -> NDArray[np.int64]:
    """How often each person is in each of many classes drawn anew, `(resamples, people)`."""
    random = np.random.default_rng(people)
    return random.multinomial(people, np.full(people, 1 / people), _RESAMPLES)


def _lowest_difference(
    sums: NDArray[np.float64], counts: NDArray[np.float64]
) -> NDArray[np.float64]:
    """How far the first of several shares is surely ahead of each; arrays `(shares, people)`."""
    classes = _resampled(sums.shape[1]).T
    shares = (sums @ classes) / np.maximum(counts @ classes, 1)
    return np.asarray(np.quantile(shares[0] - shares, _LEVEL / 2, axis=1))

"""What a series says, in words: how much is luck, and whether the best is better for certain."""

from collections.abc import Mapping

from mnist_core import series
from mnist_core.series import Spread
from mnist_core.settings import Settings
from ui.numbers import percent


def series_words(done: Mapping[str, tuple[Settings, float]], *, left: int) -> list[str]:
    """Sentences for the trainings that are done.

    Args:
        done: name of a training -> its settings, and its accuracy on the test images, 0..1.
        left: how many others are not over.
    """
    if len(done) < 2:
        return []
    said = [_luck(spread) for spread in series.spreads(list(done.values()))]
    # Of seeds the best is the luckiest, and nothing follows from that.
    if said:
        return said
    accuracies = {name: accuracy for name, (_, accuracy) in done.items()}
    return [_best(accuracies, "Best so far" if left else "Best")]


def _luck(spread: Spread) -> str:
    lowest, highest = min(spread.accuracies), max(spread.accuracies)
    reached = f"from {percent(lowest)} to {percent(highest)}."
    mean = f"Mean over {len(spread.accuracies)} seeds: **{percent(spread.mean)}**"
    if (apart := series.by_luck(spread)) is None:
        return f"{mean}, {reached} How much luck does, two seeds cannot tell."
    return (
        f"{mean}, spread (standard deviation) **{_points(spread.deviation)}**, {reached} By luck "
        f"alone, two single trainings like these are up to {_points(apart)} apart (95 times of "
        "100): believe in another setting when a single training with it is further than that "
        "from one of these."
    )


def _best(accuracies: Mapping[str, float], word: str) -> str:
    best, second, *_ = sorted(accuracies, key=accuracies.__getitem__, reverse=True)
    ahead = accuracies[best] - accuracies[second]
    found = f"{word}: **{best}**, {percent(accuracies[best])}"
    if not ahead:
        return f"{found}, and just as good: {second}."
    found += f", {_points(ahead)} ahead of {second}."
    if series.is_certain(accuracies[best], accuracies[second]):
        return f"{found} That is more than the choice of the test images could do."
    return (
        f"{found} Their 95 % intervals overlap: that may be luck. Five seeds of each would tell "
        "how much luck does."
    )


def _points(share: float) -> str:
    return f"{100 * share:.2f} points"

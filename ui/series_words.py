"""What a series says, in words: how much is luck, and whether the best is better for certain."""

from collections.abc import Mapping

from mnist_core import series
from mnist_core.series import Spread
from mnist_core.settings import Settings
from ui.numbers import percent


def series_words(over: Mapping[str, tuple[Settings, float]], *, left: int) -> list[str]:
    """Sentences for the trainings that are over.

    Args:
        over: name of a training -> its settings, and its accuracy on the test images, 0..1.
        left: how many others are not over.
    """
    if len(over) < 2:
        return []
    said = [_luck(spread) for spread in series.spreads(list(over.values()))]
    # Of seeds the best is the luckiest, and nothing follows from that.
    if said:
        return said
    accuracies = {name: accuracy for name, (_, accuracy) in over.items()}
    return [_best(accuracies, "Best so far" if left else "Best")]


def _luck(spread: Spread) -> str:
    lowest, highest = min(spread.accuracies), max(spread.accuracies)
    return (
        f"Mean over {len(spread.accuracies)} seeds: **{percent(spread.mean)}**, spread (standard "
        f"deviation) **{_points(spread.deviation)}**, from {percent(lowest)} to "
        f"{percent(highest)}. By luck alone, two such trainings are up to "
        f"{_points(series.by_luck(spread))} apart (95 times of 100): believe in another setting "
        "when it brings more than that."
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

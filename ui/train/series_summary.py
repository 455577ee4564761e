"""What a series says, in words: how much is luck, and whether the best is better for certain."""

from collections.abc import Mapping, Sequence

from mnist_core.data.dataset import TEST_IMAGES
from mnist_core.jobs import series
from mnist_core.jobs.series import Spread
from mnist_core.networks.settings import Settings
from mnist_core.system.wording import percent


def series_words(done: Mapping[str, tuple[Settings, float]], *, left: int) -> list[str]:
    """Sentences for the trainings that are done.

    Args:
        done: name of a training -> its settings, and its accuracy on the test images, 0..1.
        left: how many others are not over.
    """
    if len(done) < 2:
        return []
    if not any(series.beats_guessing(settings, accuracy) for settings, accuracy in done.values()):
        return [_nothing({name: accuracy for name, (_, accuracy) in done.items()}, left)]
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
    if (apart := series.difference_by_chance(spread)) is None:
        return f"{mean}, {reached} How much luck does, two seeds cannot tell."
    return (
        f"{mean}, spread (standard deviation) **{_points(spread.deviation)}**, {reached} By luck "
        f"alone, two single trainings like these are up to {_points(apart)} apart (95 times of "
        "100): believe in another setting when a single training with it is further than that "
        "from one of these."
    )


def _nothing(accuracies: Mapping[str, float], left: int) -> str:
    highest = max(accuracies.values())
    who = "None of those that are done" if left else "None of them"
    return (
        f"**{who} learned to read.** Even the highest accuracy, {percent(highest)}, is about what "
        "guessing brings (10%), so none is better than another. Open one of them below: it says "
        "what to try next."
    )


def _best(accuracies: Mapping[str, float], word: str) -> str:
    # Counted in images: else a rounding error would look like a lead of 0.00 points.
    right = {name: round(accuracy * TEST_IMAGES) for name, accuracy in accuracies.items()}
    highest = max(right.values())
    best = [name for name, count in right.items() if count == highest]
    others = {name: count for name, count in right.items() if count < highest}
    found = f"{word}: {_and([f'**{name}**' for name in best])}, {percent(highest / TEST_IMAGES)}"
    if len(best) > 1:
        return f"{found} each: a tie."
    second = max(others, key=others.__getitem__)
    found += f", {_points((highest - others[second]) / TEST_IMAGES)} ahead of {second}."
    if series.is_clearly_better(accuracies[best[0]], accuracies[second]):
        return f"{found} That is more than the choice of the test images could do."
    return (
        f"{found} Their 95% intervals overlap: that may be luck. Five seeds of each would tell "
        "how much luck does."
    )


def _and(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def _points(share: float) -> str:
    return f"{100 * share:.2f} points"

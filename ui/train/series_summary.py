"""What a series shows, in sentences: how much is luck, and whether the best is clearly better."""

from collections.abc import Mapping, Sequence

from mnist_core.data.dataset import TEST_IMAGES
from mnist_core.jobs import series
from mnist_core.jobs.series import Spread
from mnist_core.networks.settings import Settings
from mnist_core.system.text_format import percent


def series_summary(done: Mapping[str, tuple[Settings, float]], *, left: int) -> list[str]:
    """Sentences on the trainings that are done; none for fewer than two.

    Args:
        done: name of a training -> its settings, and its accuracy on the test images, 0..1.
        left: how many others are not over.
    """
    if len(done) < 2:
        return []
    accuracies = {name: accuracy for name, (_, accuracy) in done.items()}
    if not any(series.beats_guessing(settings, accuracy) for settings, accuracy in done.values()):
        which = "None of the finished ones" if left else "None of them"
        return [
            f"**{which} learned to read.** Even the highest accuracy, "
            f"{percent(max(accuracies.values()))}, is about what guessing gives (10%), so none is "
            "better than another. Open one of them below to see what to try next."
        ]
    luck = [_luck(spread) for spread in series.spreads(list(done.values()))]
    # Of seeds the best is the luckiest, and nothing follows from that.
    return luck or [_best(accuracies, "Best so far" if left else "Best")]


def _luck(spread: Spread) -> str:
    lowest, highest = min(spread.accuracies), max(spread.accuracies)
    reached = f"from {percent(lowest)} to {percent(highest)}."
    mean = f"Mean over {len(spread.accuracies)} seeds: **{percent(spread.mean)}**"
    if (apart := series.difference_by_chance(spread)) is None:
        return f"{mean}, {reached} Two seeds are too few to tell how much is luck."
    return (
        f"{mean}, spread (standard deviation) **{_points(spread.deviation)}**, {reached} By luck "
        f"alone, two single trainings like these differ by up to {_points(apart)} (95 times in "
        "100). Another setting is better only if a single training with it differs from one of "
        "these by more than that."
    )


def _best(accuracies: Mapping[str, float], word: str) -> str:
    # Counted in images: a rounding error would look like a lead of 0.00 points.
    correct = {name: round(accuracy * TEST_IMAGES) for name, accuracy in accuracies.items()}
    highest = max(correct.values())
    best = [name for name, count in correct.items() if count == highest]
    sentence = f"{word}: {_and([f'**{name}**' for name in best])}, {percent(highest / TEST_IMAGES)}"
    if len(best) > 1:
        return f"{sentence} each: a tie."
    others = {name: count for name, count in correct.items() if count < highest}
    second = max(others, key=others.__getitem__)
    lead = _points((highest - others[second]) / TEST_IMAGES)
    sentence = f"{sentence}, {lead} ahead of {second}."
    if series.is_clearly_better(accuracies[best[0]], accuracies[second]):
        return f"{sentence} That is more than the choice of test images could explain."
    return (
        f"{sentence} Their 95% intervals overlap, so it may be luck. Training five seeds of each "
        "would show how much is luck."
    )


def _and(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def _points(share: float) -> str:
    return f"{100 * share:.2f} points"

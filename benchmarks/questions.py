"""The figures in the answers of the page Questions: small trainings, and sevens with a bar.

Each training is what the experiment beside the answer begins, from the seed that it has.

    python -m benchmarks.questions
"""

import json
import os
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from benchmarks.measuring import RESULTS, machine
from mnist_core.data import centre_lines, dataset
from mnist_core.models import store
from mnist_core.networks import recipes
from mnist_core.networks.layers import Dense
from mnist_core.networks.recipes import Recipe
from mnist_core.system.text_format import percent
from mnist_core.training import augmentation, pen_styles

# How wide MNIST's own strokes are.
_PEN = 2.9
_SEVENS_FROM = 55_000


def _neurons(count: int) -> Recipe:
    return replace(recipes.get("mlp-784"), layers=(Dense(count, "relu"),))


def trainings() -> dict[str, Recipe]:
    """What is trained, by what is said about it."""
    plain, quick = recipes.get("mlp-784"), recipes.get("quick")
    changes: dict[str, tuple[Recipe, dict[str, object]]] = {
        "divided by 255": (plain, {"epochs": 2}),
        "pixels 0 to 255": (plain, {"epochs": 2, "pixel_range": "0-255"}),
        "learning rate 10": (quick, {"learning_rate": 10.0}),
        "batches of 32": (plain, {"epochs": 1, "batch_size": 32}),
        "batches of 200": (plain, {"epochs": 1}),
        "1,000 images": (plain, {"epochs": 20, "training_images": 1000}),
        **{f"{count} neurons": (_neurons(count), {"epochs": 5}) for count in (4, 16, 64, 784)},
        **{f"seed {seed}": (quick, {"seed": seed}) for seed in range(5)},
    }
    return {
        what: replace(recipe, settings=replace(recipe.settings, **change))  # type: ignore[arg-type]
        for what, (recipe, change) in changes.items()
    }


def measure_trainings() -> dict[str, str]:
    """Train everything; the last epoch of each in a sentence."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    from mnist_core.training.loop import train

    found = {}
    for what, recipe in trainings().items():
        trained = train(
            recipe, recipe.settings, training=dataset.load("train"), test=dataset.load("test")
        )
        first, last = trained.history[0], trained.history[-1]
        found[what] = (
            f"{trained.steps:,} steps; loss of the first epoch {first.training_loss:.2f}; "
            f"training images {percent(last.settled_accuracy or 0.0)}, "
            f"test images {percent(last.test_accuracy)}, test loss {last.test_loss:.3f}"
        )
        print(what, found[what], flush=True)
    return found


def measure_sevens() -> dict[str, str]:
    """Sevens drawn along the centre lines of MNIST's, without and with a bar, as networks see them.

    They are those of the last 5,000 training images, redrawn; `cnn-best` learned from none of them.
    """
    lines, labels = centre_lines.load(), dataset.load("train").labels
    indices = _SEVENS_FROM + np.flatnonzero(labels[_SEVENS_FROM:] == 7)
    points, real = lines.padded(indices)
    bars, real_bars = pen_styles.bars(points, real, np.random.default_rng(0))
    width = np.full(len(indices), _PEN, np.float32)
    plain = augmentation.render(points, real, width)
    barred = augmentation.render(
        np.concatenate([points, bars], 1), np.concatenate([real, real_bars], 1), width
    )
    found = {}
    for card in store.list_models():
        network = store.open_model(card.name)
        shares = [
            (network.predict(images).argmax(axis=1) == 7).mean() for images in (plain, barred)
        ]
        found[f"sevens, {card.name}"] = (
            f"{percent(shares[0])} without a bar, {percent(shares[1])} with one"
        )
        print(card.name, found[f"sevens, {card.name}"], flush=True)
    return found


def main() -> None:
    """Measure and keep."""
    content = {
        "name": "questions",
        "details": {**measure_sevens(), **measure_trainings()},
        "date": datetime.now(UTC).date().isoformat(),
        "machine": machine(),
    }
    text = json.dumps(content, indent=2, ensure_ascii=False)
    (RESULTS / "questions.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

"""Train `cnn-best` and `committee` from several seeds, and ship what validation chooses.

    python -m scripts.train_best train DIR --seeds 0 1 2 3 4  five minutes a seed on two cores
    python -m scripts.train_best teach DIR --seeds 0 1 2 3 4  eight minutes a seed
    python -m scripts.train_best judge DIR                    benchmarks/results/best_networks.json
    python -m scripts.train_best ship DIR                     saved_models/cnn-best and /committee

Three networks trained alone are a committee. `cnn-best` is the same network again, which learned
from that committee's answers beside the labels. Nothing is chosen on the test set: all learn from
the first 55,000 training images; they are chosen, and their temperatures fitted, on the last 5,000.
"""

import argparse
import json
import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_core.analysis import calibration
from mnist_core.analysis.evaluation import Report, evaluate
from mnist_core.data import dataset
from mnist_core.data.dataset import TRAINING_IMAGES, Digits
from mnist_core.models import staging, store
from mnist_core.models.card import ModelCard
from mnist_core.models.inference import Predictor
from mnist_core.networks import recipes
from mnist_core.training.progress import Progress
from scripts.fit_temperatures import best_temperature

RESULTS = Path(__file__).parents[1] / "benchmarks" / "results" / "best_networks.json"
MEMBERS = recipes.get("committee").members
# Names of the networks in the folder, before their seeds.
ALONE, TAUGHT = "seed-", "taught-"


@dataclass(frozen=True, eq=False)
class Candidate:
    """A network, or several that answer together.

    Attributes:
        seeds: of its members.
        held_out: its probabilities for the images that nobody learned from.
        one_look: the same, had it looked once at each of them.
        test: for the test images.
    """

    seeds: tuple[int, ...]
    held_out: NDArray[np.float32]
    one_look: NDArray[np.float32]
    test: NDArray[np.float32]

    def figures(self) -> dict[str, object]:
        """Accuracies in percent, the held-out loss in nats, the calibration error in points."""
        labels = held_out().labels
        validation, test = evaluate(self.held_out, labels), _judged(self.test)
        temperature = self.temperature()
        cooled = calibration.with_temperature(self.test, temperature)
        error = calibration.reliability(cooled, dataset.load("test").labels).error
        return {
            "seeds": list(self.seeds),
            "validation accuracy": round(100 * validation.accuracy, 2),
            "validation loss": round(validation.loss, 5),
            "validation loss, one look": round(evaluate(self.one_look, labels).loss, 5),
            "test accuracy": round(100 * test.accuracy, 2),
            "temperature": temperature,
            "test calibration error": round(100 * error, 3),
        }

    def temperature(self) -> float:
        """What suits the answers to the held-out images."""
        return round(best_temperature(self.held_out, held_out().labels), 4)


def held_out() -> Digits:
    """The training images after those that the networks learned from."""
    digits, learned = dataset.load("train"), recipes.get("cnn-best").settings.training_images
    assert learned < TRAINING_IMAGES
    return Digits("train", digits.images[learned:], digits.labels[learned:])


def _judged(test: NDArray[np.float32]) -> Report:
    return evaluate(test, dataset.load("test").labels)


def train(folder: Path, seeds: list[int]) -> None:
    """Train a network alone from each of these seeds, just as the Train page would."""
    from mnist_core.training.export import make_model
    from mnist_core.training.loop import Callbacks

    recipe = recipes.get("cnn-best")
    for seed in seeds:
        if not (folder / f"{ALONE}{seed}").exists():
            settings = replace(recipe.settings, seed=seed)
            make_model(
                recipe, settings, root=folder, name=f"{ALONE}{seed}", callbacks=Callbacks(_say)
            )


def teach(folder: Path, seeds: list[int]) -> None:
    """Train a network from each of these seeds that learns from the chosen committee, too."""
    import keras

    from mnist_core.networks import keras_model
    from mnist_core.training import loop
    from mnist_core.training.export import save
    from scripts.distillation import DistillingEngine

    recipe = recipes.get("cnn-best")
    mnist, test = dataset.load("train"), dataset.load("test")
    teachers = chosen(committees(candidates(folder, ALONE)))
    for seed in seeds:
        if (folder / f"{TAUGHT}{seed}").exists():
            continue
        settings = replace(recipe.settings, seed=seed)
        teacher = keras_model.build(recipes.get("committee"), settings.precision)
        _fill(teacher, folder, teachers)
        taught = loop.train(
            recipe,
            settings,
            training=mnist,
            test=test,
            callbacks=loop.Callbacks(_say),
            make_engine=partial(DistillingEngine, teacher=teacher),
        )
        name = f"{TAUGHT}{seed}"
        save(taught, recipe, settings, test=test, root=folder, name=name, taught_by="committee")
        keras.backend.clear_session()


def _fill(committee: Any, folder: Path, members: Candidate) -> list[ModelCard]:
    """Give a committee's members their weights; the cards of those networks."""
    import keras

    from mnist_core.networks import keras_model

    cards = []
    for member, seed in zip(keras_model.members(committee), members.seeds, strict=True):
        path = folder / f"{ALONE}{seed}"
        # Files that this script wrote.
        member.set_weights(keras.saving.load_model(path / store.KERAS).get_weights())
        cards.append(store.read_card(path))
    return cards


def _say(progress: Progress) -> None:
    if figures := progress.figures:
        sys.stdout.write(
            f"epoch {figures.epoch}: loss {figures.training_loss:.4f}, {figures.seconds:.0f} s\n"
        )
        sys.stdout.flush()


def candidates(folder: Path, kind: str) -> list[Candidate]:
    """The networks in a folder that `train` or `teach` filled, in the order of their seeds."""
    found = []
    for seed in sorted(int(path.name[len(kind) :]) for path in folder.glob(f"{kind}*")):
        path = folder / f"{kind}{seed}"
        network = Predictor((path / store.LITERT).read_bytes())
        test = np.load(path / store.PROBABILITIES)
        said = network.predict(held_out().images)
        found.append(Candidate((seed,), said, _at_one_look(path), test))
    return found


def _at_one_look(folder: Path) -> NDArray[np.float32]:
    import keras

    from mnist_core.networks import keras_model

    # A file that this script wrote.
    model = keras.saving.load_model(folder / store.KERAS)
    images = held_out().images[..., np.newaxis].astype(np.float32) / 255
    (said,) = keras_model.member_outputs(model, images, training=False)
    answers: NDArray[np.float32] = said.numpy()
    return answers


def committees(single: Sequence[Candidate]) -> list[Candidate]:
    """Committees that share no member: seeds 0 to 2, 3 to 5 and so on."""
    groups = [single[k : k + MEMBERS] for k in range(0, len(single), MEMBERS)]
    return [_together(group) for group in groups if len(group) == MEMBERS]


def _together(members: Sequence[Candidate]) -> Candidate:
    return Candidate(
        tuple(seed for one in members for seed in one.seeds),
        np.mean([one.held_out for one in members], axis=0),
        np.mean([one.one_look for one in members], axis=0),
        np.mean([one.test for one in members], axis=0),
    )


def chosen(those: Sequence[Candidate]) -> Candidate:
    """The one with the smallest loss on held-out images."""
    return min(those, key=lambda one: evaluate(one.held_out, held_out().labels).loss)


def judge(folder: Path) -> dict[str, object]:
    """The figures of all networks and committees, their means and spreads."""
    taught, alone = candidates(folder, TAUGHT), candidates(folder, ALONE)
    overlapping = [_together(three) for three in combinations(alone, MEMBERS)]
    groups = {
        "cnn-best": taught,
        "trained alone": alone,
        "committee": committees(alone),
        "all sets of three seeds": overlapping,
    }
    card = store.read_card(folder / f"{TAUGHT}{taught[0].seeds[0]}")
    return {
        name: {
            **_spread([100 * _judged(one.test).accuracy for one in those]),
            **({} if those is overlapping else {"each": [one.figures() for one in those]}),
            "chosen": list(chosen(those).seeds),
        }
        for name, those in groups.items()
        if those
    } | {"seconds a seed": round(card.seconds), "machine": card.machine, "versions": card.versions}


def _spread(accuracies: Sequence[float]) -> dict[str, float | int]:
    several = len(accuracies) > 1
    return {
        "count": len(accuracies),
        "mean test accuracy": round(float(np.mean(accuracies)), 3),
        "standard deviation": round(float(np.std(accuracies, ddof=1)), 3) if several else 0.0,
        "lowest": round(min(accuracies), 2),
        "highest": round(max(accuracies), 2),
    }


def ship(folder: Path) -> list[ModelCard]:
    """Put the chosen network and the chosen committee into `saved_models`."""
    best = chosen(candidates(folder, TAUGHT))
    three = chosen(committees(candidates(folder, ALONE)))
    made = folder / "chosen"
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir()
    cards = [_keep_network(folder, made, best), _keep_committee(folder, made, three)]
    for card in cards:
        shutil.rmtree(store.SHIPPED / card.name, ignore_errors=True)
        shutil.copytree(made / card.name, store.SHIPPED / card.name)
    return cards


def _keep_network(folder: Path, made: Path, best: Candidate) -> ModelCard:
    source = folder / f"{TAUGHT}{best.seeds[0]}"
    with staging.directory(made) as place:
        for name in (store.KERAS, store.LITERT, store.PROBABILITIES):
            (place / name).write_bytes((source / name).read_bytes())
        card = replace(
            store.read_card(source),
            name="cnn-best",
            recipe=recipes.get("cnn-best"),
            files={},
            temperature=best.temperature(),
        )
        return staging.commit(place, card)


def _keep_committee(folder: Path, made: Path, three: Candidate) -> ModelCard:
    from mnist_core.networks import keras_model
    from mnist_core.training.export import save
    from mnist_core.training.loop import Training

    recipe = recipes.get("committee")
    model = keras_model.build(recipe)
    cards = _fill(model, folder, three)
    together = Training(
        model,
        # Each member has a history of its own; the committee as a whole was never trained.
        history=(),
        seconds=sum(card.seconds for card in cards),
        steps=sum(card.steps for card in cards),
        stopped_early=False,
    )
    settings = replace(recipe.settings, seed=three.seeds[0])
    return save(
        together,
        recipe,
        settings,
        test=dataset.load("test"),
        root=made,
        name="committee",
        temperature=three.temperature(),
    )


def main() -> None:
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("task", choices=("train", "teach", "judge", "ship"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0])
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    if asked.task == "train":
        train(asked.folder, asked.seeds)
    elif asked.task == "teach":
        teach(asked.folder, asked.seeds)
    elif asked.task == "judge":
        RESULTS.write_text(json.dumps(judge(asked.folder), indent=1) + "\n", "utf-8")
    else:
        for card in ship(asked.folder):
            sys.stdout.write(f"{card.name}: {card.test_accuracy:.2%} of the test images\n")


if __name__ == "__main__":
    main()

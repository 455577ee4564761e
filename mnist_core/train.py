"""Train a recipe from the shell: `python -m mnist_core.train cnn-32-32 --epochs 2`."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm

from mnist_core.models import staging, store
from mnist_core.networks import recipes
from mnist_core.networks.settings import (
    AUGMENTATIONS,
    LOSSES,
    OPTIMIZERS,
    PRECISIONS,
    SCHEDULES,
    Settings,
)

if TYPE_CHECKING:
    from mnist_core.models.card import ModelCard
    from mnist_core.training.progress import Progress


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, judge and save a model exactly as the Train page does; 0 when it is saved."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    root: Path = asked.models or store.local_directory()
    try:
        recipe = recipes.get(asked.recipe)
        settings = _settings(recipe.settings, asked)
        staging.check_can_save(root, asked.name)
    except (ValueError, OSError) as error:
        parser.error(str(error))
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    # Importing TensorFlow takes seconds: not before we know that there is something to do.
    from mnist_core.training.export import make_model
    from mnist_core.training.loop import Callbacks, Diverged

    print(f"Training {recipe.name}: {recipe.title.lower()}, {recipe.parameters:,} parameters")
    try:
        with tqdm(total=settings.epochs * settings.steps_per_epoch, unit="step") as bar:
            card = make_model(
                recipe, settings, root=root, name=asked.name, callbacks=Callbacks(_report_on(bar))
            )
    except (Diverged, FileExistsError, OSError, store.BrokenModel) as error:
        print(f"Not saved. {error}", file=sys.stderr)
        return 1
    assert card is not None, "nobody can stop this training but by ending the program"
    print(_result(card, root))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m mnist_core.train", description=__doc__)
    names = ", ".join(recipe.name for recipe in recipes.RECIPES)
    parser.add_argument("recipe", help=f"which network: {names}")
    parser.add_argument("--epochs", type=int, help="times to look at every image")
    parser.add_argument("--batch-size", type=int, help="images between two corrections")
    parser.add_argument("--optimizer", choices=OPTIMIZERS, help="rule of correction")
    parser.add_argument("--learning-rate", type=float, help="size of the corrections")
    parser.add_argument("--seed", type=int, help="where random numbers start (default 0)")
    parser.add_argument("--training-images", type=int, help="how many images to learn from")
    parser.add_argument("--digits", type=digits, help="which to learn, such as 0,1,7")
    parser.add_argument("--label-noise", type=float, help="share of labels made wrong on purpose")
    parser.add_argument("--loss", choices=LOSSES, help="what the corrections make smaller")
    parser.add_argument("--momentum", type=float, help="of sgd: what a correction keeps")
    parser.add_argument("--schedule", choices=SCHEDULES, help="of the learning rate")
    parser.add_argument("--augmentation", choices=AUGMENTATIONS, help="images anew each epoch")
    parser.add_argument("--precision", choices=PRECISIONS, help="of the sums while training")
    parser.add_argument("--name", help="what to call the model (default: a free name)")
    parser.add_argument("--models", type=Path, metavar="DIR", help="where to put it")
    return parser


def digits(text: str) -> tuple[int, ...]:
    """The digits in a list such as 0,1,7; argparse calls a wrong one by this function's name."""
    return tuple(int(digit) for digit in text.split(","))


def _settings(own: Settings, asked: argparse.Namespace) -> Settings:
    """The recipe's own settings, but for what was asked for."""
    names = (field.name for field in fields(Settings))
    given = {name: value for name in names if (value := getattr(asked, name)) is not None}
    return replace(own, **given)


def _report_on(bar: "tqdm[None]") -> "Callable[[Progress], None]":
    def report(progress: "Progress") -> None:
        bar.n = (progress.epoch - 1) * progress.steps + progress.step
        bar.set_description(f"Epoch {progress.epoch} of {progress.epochs}", refresh=False)
        bar.set_postfix(
            loss=f"{progress.loss:.4f}", accuracy=f"{progress.accuracy:.2%}", refresh=False
        )
        bar.refresh()
        if figures := progress.figures:
            bar.write(
                f"Epoch {figures.epoch}: training {figures.training_accuracy:.2%} "
                f"(loss {figures.training_loss:.4f}), test {figures.test_accuracy:.2%} "
                f"(loss {figures.test_loss:.4f}), {figures.seconds:.1f} s"
            )

    return report


def _result(card: "ModelCard", root: Path) -> str:
    published = card.recipe.published_accuracy
    beside = f" (the tutorial says {published:.2%})" if published is not None else ""
    return (
        f"{card.test_accuracy:.2%} of the test images read rightly{beside}, "
        f"{card.mistakes} mistakes in 10,000. Trained in {card.seconds:.1f} s.\n"
        f"Saved as {root / card.name}"
    )


if __name__ == "__main__":
    sys.exit(main())

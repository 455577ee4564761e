"""Train a recipe from the command line: `python -m mnist_core.train cnn-32-32 --epochs 2`."""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from pathlib import Path

from tqdm import tqdm

from mnist_core.data.dataset import TEST_IMAGES
from mnist_core.models import staging, store
from mnist_core.models.card import ModelCard
from mnist_core.networks import recipes
from mnist_core.networks.settings import CHOICES, Settings
from mnist_core.system import tensorflow_import
from mnist_core.system.text_format import duration, mistakes_in, percent, whole
from mnist_core.training.progress import Progress


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, judge and save a model exactly as the Train page does; returns 0 if it is saved."""
    parser = _parser()
    given = parser.parse_args(arguments)
    root: Path = given.models or store.local_directory()
    try:
        recipe = recipes.get(given.recipe)
        names = (field.name for field in fields(Settings))
        changes = {name: value for name in names if (value := getattr(given, name)) is not None}
        settings = replace(recipe.settings, **changes)
        staging.check_can_save(root, given.name)
    except (ValueError, OSError) as error:
        parser.error(str(error))
    # Importing TensorFlow takes seconds: only once it is clear that there is something to do.
    with tensorflow_import.without_garbage_collection():
        from mnist_core.training.export import make_model
        from mnist_core.training.loop import Callbacks, Diverged

    print(f"Training {recipe.name}: {recipe.title.lower()}, {whole(recipe.parameters)} parameters")
    try:
        with tqdm(total=settings.epochs * settings.steps_per_epoch, unit="step") as bar:
            callbacks = Callbacks(_reporter(bar))
            card = make_model(recipe, settings, root=root, name=given.name, callbacks=callbacks)
    except (Diverged, FileExistsError, OSError, store.BrokenModel) as error:
        print(f"Not saved. {error}", file=sys.stderr)
        return 1
    assert card is not None, "only ending the program stops this training"
    print(_summary(card, root))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m mnist_core.train", description=__doc__)
    add = parser.add_argument
    names = ", ".join(recipe.name for recipe in recipes.RECIPES)
    add("recipe", help=f"which network: {names}")
    add("--epochs", type=int, help="passes through the training images")
    add("--batch-size", type=int, help="images per update of the weights")
    add("--optimizer", choices=CHOICES["optimizer"], help="how the weights are updated")
    add("--learning-rate", type=float, help="size of the updates")
    add("--seed", type=int, help="start of the random numbers (default 0)")
    add("--training-images", type=int, help="how many images to learn from")
    add("--digits", type=digits, help="which digits to learn, such as 0,1,7")
    add("--label-noise", type=float, help="share of labels made wrong on purpose")
    add("--loss", choices=CHOICES["loss"], help="what the training minimises")
    add("--momentum", type=float, help="momentum of sgd")
    add("--schedule", choices=CHOICES["schedule"], help="schedule of the learning rate")
    add(
        "--augmentation",
        choices=CHOICES["augmentation"],
        help="how the images are varied in each epoch",
    )
    add("--precision", choices=CHOICES["precision"], help="number format while training")
    add("--pixel-range", choices=CHOICES["pixel_range"], help="pixels while training")
    add("--name", help="name of the model (default: a free name)")
    add("--models", type=Path, metavar="DIR", help="directory to save it in")
    return parser


def digits(text: str) -> tuple[int, ...]:
    """Parse a list such as 0,1,7; argparse names this function when it fails."""
    return tuple(int(digit) for digit in text.split(","))


def _reporter(bar: "tqdm[None]") -> Callable[[Progress], None]:
    def report(progress: Progress) -> None:
        bar.n = (progress.epoch - 1) * progress.steps + progress.step
        bar.set_description(f"Epoch {progress.epoch} of {progress.epochs}", refresh=False)
        bar.set_postfix(loss=f"{progress.loss:.4f}", accuracy=percent(progress.accuracy))
        if figures := progress.figures:
            bar.write(
                f"Epoch {figures.epoch}: training {percent(figures.training_accuracy)} "
                f"(loss {figures.training_loss:.4f}), test {percent(figures.test_accuracy)} "
                f"(loss {figures.test_loss:.4f}), {figures.seconds:.1f} s"
            )

    return report


def _summary(card: ModelCard, root: Path) -> str:
    published = card.recipe.published_accuracy
    comparison = f" (the tutorial says {percent(published)})" if published is not None else ""
    return (
        f"{percent(card.test_accuracy)} of the test images are read correctly{comparison}: "
        f"{mistakes_in(card.mistakes, TEST_IMAGES)}. Training took {duration(card.seconds)}.\n"
        f"Saved as {root / card.name}"
    )


if __name__ == "__main__":
    tensorflow_import.prepare_process()
    sys.exit(main())

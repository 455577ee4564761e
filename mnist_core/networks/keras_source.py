"""A network and its settings as plain Keras source: a script, or a notebook.

As a tutorial would print it: it runs with `keras`, `tensorflow` and `numpy` alone. It uses
`model.fit`, so it comes to the accuracy of the app's own training within what seeds change, not to
the same digits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import indent
from typing import Literal

import msgspec

from mnist_core.data.dataset import TRAINING_IMAGES
from mnist_core.networks.layers import (
    Activation,
    AveragePool,
    BatchNorm,
    Conv,
    Dense,
    Dropout,
    Flatten,
    Layer,
    MaxPool,
)
from mnist_core.networks.recipes import RECIPES, Recipe
from mnist_core.networks.settings import ALL_DIGITS, Settings

LOCAL_FILE = "LOCAL_MNIST"
"""The environment variable that gives a script the file `mnist.npz`, to run offline."""

_OPTIMIZERS = {
    "adadelta": "Adadelta",
    "adam": "Adam",
    "adamw": "AdamW",
    "rmsprop": "RMSprop",
    "sgd": "SGD",
}
_START_VALUES = {
    "default": "",
    "he": "HeNormal()",
    "normal": "RandomNormal(stddev=0.05)",
    "uniform": "RandomUniform(-0.05, 0.05)",
}

_LOOKING = (
    "# It looks three times at an image, also from a pixel aside, and says the mean.",
    "wide = np.pad(x_test, ((0, 0), (1, 1), (1, 1), (0, 0)))",
    "looks = [wide[:, start : start + 28, start : start + 28] for start in range(3)]",
)
Caveat = Literal["taught", "went on", "drawings", "rate changed", "stopped"]
"""What was otherwise with ours than recipe and settings say: said in the source."""

_MORE: dict[Caveat, str] = {
    "taught": "In Digit Lab it learned from another network's answers, too; here from labels only.",
    "went on": "In Digit Lab it went on from a network trained before; here it begins anew.",
    "drawings": "In Digit Lab a trained one went on with somebody's drawings; here there are none.",
    "rate changed": "In Digit Lab its learning rate was changed by hand on the way; not so here.",
    "stopped": "In Digit Lab it was stopped before its last epoch was over; here it is not.",
}
_AUGMENTING = (
    "# While training only. Digit Lab bends images in more ways, and may draw them anew",
    "# as other hands would; plain Keras has nothing like it.",
    'keras.layers.RandomRotation(0.03, fill_mode="constant")',
    'keras.layers.RandomTranslation(0.06, 0.06, fill_mode="constant")',
    'keras.layers.RandomZoom((-0.1, 0.1), (-0.1, 0.1), fill_mode="constant")',
)


@dataclass(frozen=True)
class _Part:
    """A part of the tutorial: what it is about, and the code."""

    words: str
    code: str


def script(recipe: Recipe, settings: Settings, *caveats: Caveat) -> str:
    """A Python script that trains this network so and prints its accuracy."""
    parts = [
        f"{indent(part.words, '# ')}\n{part.code}" for part in _parts(recipe, settings, caveats)
    ]
    return f'"""{_title(recipe)}"""\n\n' + "\n\n".join(parts) + "\n"


def notebook(recipe: Recipe, settings: Settings, *caveats: Caveat) -> str:
    """The same as a Jupyter notebook (nbformat 4.5, JSON)."""
    cells = [_cell("title", "markdown", f"# {_title(recipe)}")]
    for number, part in enumerate(_parts(recipe, settings, caveats)):
        cells.append(_cell(f"words-{number}", "markdown", part.words))
        cells.append(_cell(f"code-{number}", "code", part.code))
    python = {"display_name": "Python 3", "language": "python", "name": "python3"}
    whole = {
        "cells": cells,
        "metadata": {"kernelspec": python, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=1).decode() + "\n"


def _cell(name: str, kind: str, source: str) -> dict[str, object]:
    cell: dict[str, object] = {"id": name, "cell_type": kind, "metadata": {}, "source": source}
    if kind == "code":
        cell |= {"outputs": [], "execution_count": None}
    return cell


def _title(recipe: Recipe) -> str:
    # Of our own networks' words alone: no text from outside gets into code.
    known = next((own for own in RECIPES if own.layers == recipe.layers), None)
    what = f"{known.title} ({known.name})" if known else "A network of one's own"
    return f"{what}: {recipe.parameters:,} parameters. Exported from Digit Lab."


def _parts(recipe: Recipe, settings: Settings, more: Sequence[Caveat]) -> list[_Part]:
    math = "" if settings.schedule == "constant" else "import math\n"
    return [
        _Part(
            "What is needed: pip install tensorflow",
            f"{math}import os\n\nimport keras\nimport numpy as np",
        ),
        _Part("The settings", _settings(settings)),
        _Part(
            f"MNIST, which Keras downloads, unless {LOCAL_FILE} names a file mnist.npz",
            _data(settings),
        ),
        _Part(_preparing_words(recipe), _preparing(recipe, settings)),
        _Part("The network", _network(recipe, settings)),
        # A line each.
        _Part("\n".join(["Training.", *(_MORE[one] for one in more)]), _training(recipe, settings)),
        _Part("How good is it on the test images?", _judging(recipe)),
    ]


def _settings(settings: Settings) -> str:
    lines = [
        f"EPOCHS = {settings.epochs}",
        f"BATCH_SIZE = {settings.batch_size}",
        f"LEARNING_RATE = {settings.learning_rate!r}",
        f"SEED = {settings.seed}",
        "",
        "keras.utils.set_random_seed(SEED)",
    ]
    if settings.precision == "bfloat16":
        lines.append('keras.mixed_precision.set_global_policy("mixed_bfloat16")')
    return "\n".join(lines)


def _data(settings: Settings) -> str:
    lines = [
        f'if "{LOCAL_FILE}" in os.environ:',
        f'    mnist = np.load(os.environ["{LOCAL_FILE}"])',
        '    x_train, y_train = mnist["x_train"], mnist["y_train"]',
        '    x_test, y_test = mnist["x_test"], mnist["y_test"]',
        "else:",
        "    (x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()",
    ]
    if settings.digits != ALL_DIGITS:
        lines += [
            f"wanted = np.isin(y_train, {list(settings.digits)})  # other digits are not learned",
            "x_train, y_train = x_train[wanted], y_train[wanted]",
        ]
    if settings.training_images < TRAINING_IMAGES:
        count = settings.training_images
        lines.append(f"x_train, y_train = x_train[:{count}], y_train[:{count}]")
    if settings.label_noise:
        known = list(settings.digits if len(settings.digits) > 1 else ALL_DIGITS)
        lines += [
            "# Some labels are made wrong on purpose.",
            "random = np.random.default_rng(SEED)",
            f"wrong = random.permutation(len(y_train))[: round({settings.label_noise!r} "
            "* len(y_train))]",
            "y_train = y_train.copy()",
            "for place in wrong:",
            f"    y_train[place] = random.choice(np.setdiff1d({known}, y_train[place]))",
        ]
    return "\n".join(lines)


def _preparing_words(recipe: Recipe) -> str:
    shape = "784 numbers in a row" if _takes_row(recipe) else "a picture of 28 x 28 x 1"
    return f"Pixels from 0 to 1, each image {shape}; labels as one-hot"


def _preparing(recipe: Recipe, settings: Settings) -> str:
    # Images that are bent while training have to be pictures until then.
    row = _takes_row(recipe) and settings.augmentation == "none"
    shape = "784" if row else "28, 28, 1"
    return "\n".join(
        [
            f'x_train = x_train.reshape(-1, {shape}).astype("float32") / 255',
            f'x_test = x_test.reshape(-1, {shape}).astype("float32") / 255',
            "y_train = keras.utils.to_categorical(y_train, 10)",
            "y_test = keras.utils.to_categorical(y_test, 10)",
        ]
    )


def _network(recipe: Recipe, settings: Settings) -> str:
    augmented = settings.augmentation != "none"
    row = _takes_row(recipe) and not augmented
    lines = [f"keras.Input({'(784,)' if row else '(28, 28, 1)'})"]
    if augmented:
        lines += _AUGMENTING
    if _takes_row(recipe) and augmented:
        lines.append("keras.layers.Flatten()")
    for layer in recipe.layers:
        lines += _lines(layer, _start(recipe))
    # Ten probabilities that sum to 1 need all the digits there are.
    exact = 'dtype="float32"' if settings.precision == "bfloat16" else ""
    lines.append(_call("Dense", "10", 'activation="softmax"', _start(recipe), exact))
    stack = "\n".join(f"        {line}{'' if line[0] == '#' else ','}" for line in lines)
    network = f"keras.Sequential(\n    [\n{stack}\n    ]\n)"
    if recipe.members == 1:
        code = f"model = {network}\nmodel.summary()"
    else:
        code = (
            f"def build():\n{indent(f'return {network}', '    ')}\n\n\n"
            f"members = [build() for _ in range({recipe.members})]\nmembers[0].summary()"
        )
    return _start_values(recipe) + code


def _start(recipe: Recipe) -> str:
    return "kernel_initializer=start()" if _START_VALUES[recipe.initializer] else ""


def _start_values(recipe: Recipe) -> str:
    values = _START_VALUES[recipe.initializer]
    # A function, for an initializer that is used twice gives the same values twice.
    return f"def start():\n    return keras.initializers.{values}\n\n\n" if values else ""


def _lines(layer: Layer, start: str) -> list[str]:
    """A layer as Keras writes it."""
    match layer:
        case Dense(units=units, activation=activation):
            return [_call("Dense", f"{units}", _activation(activation), start)]
        case Conv(filters=filters, size=size, activation=activation):
            return [_call("Conv2D", f"{filters}", f"{size}", _activation(activation), start)]
        case MaxPool(size=size):
            return [_call("MaxPooling2D", f"{size}")]
        case AveragePool(size=size):
            return [_call("AveragePooling2D", f"{size}")]
        case BatchNorm(activation="linear"):
            return [_call("BatchNormalization")]
        case BatchNorm(activation=activation):
            return [_call("BatchNormalization"), _call("Activation", f'"{activation}"')]
        case Dropout(rate=rate):
            return [_call("Dropout", f"{rate!r}")]
        case Flatten():
            return [_call("Flatten")]


def _activation(name: Activation) -> str:
    return "" if name == "linear" else f'activation="{name}"'


def _call(name: str, *arguments: str) -> str:
    return f"keras.layers.{name}({', '.join(argument for argument in arguments if argument)})"


def _training(recipe: Recipe, settings: Settings) -> str:
    momentum = f", momentum={settings.momentum!r}" if settings.optimizer == "sgd" else ""
    loss = {"cross-entropy": "categorical_crossentropy", "squared-error": "mean_squared_error"}
    optimizer = f"keras.optimizers.{_OPTIMIZERS[settings.optimizer]}"
    lines = [
        f"rate = {_rate(settings)}",
        "model.compile(",
        f'    loss="{loss[settings.loss]}",',
        f"    optimizer={optimizer}(learning_rate=rate{momentum}),",
        '    metrics=["accuracy"],',
        ")",
        "model.fit(",
        "    x_train,",
        "    y_train,",
        "    batch_size=BATCH_SIZE,",
        "    epochs=EPOCHS,",
        "    validation_data=(x_test, y_test),",
        "    verbose=2,",
        ")",
    ]
    fit = "\n".join(lines)
    each = fit if recipe.members == 1 else f"for model in members:\n{indent(fit, '    ')}"
    steps = "steps = EPOCHS * math.ceil(len(x_train) / BATCH_SIZE)\n"
    return each if settings.schedule == "constant" else steps + each


def _rate(settings: Settings) -> str:
    schedules = "keras.optimizers.schedules"
    match settings.schedule:
        case "constant":
            return "LEARNING_RATE"
        case "cosine":
            return f"{schedules}.CosineDecay(LEARNING_RATE, steps)"
        case "steps":
            return (
                f"{schedules}.PiecewiseConstantDecay(\n"
                "    [round(0.5 * steps), round(0.75 * steps)],\n"
                "    [LEARNING_RATE, 0.1 * LEARNING_RATE, 0.01 * LEARNING_RATE],\n)"
            )
        case "one-cycle":
            return (
                f"{schedules}.CosineDecay(\n"
                "    LEARNING_RATE / 25,\n"
                "    steps - round(0.2 * steps),\n"
                "    warmup_target=LEARNING_RATE,\n"
                "    warmup_steps=round(0.2 * steps),\n)"
            )


def _judging(recipe: Recipe) -> str:
    network, images = "model", "x_test"
    lines, loops = list[str](), list[str]()
    if recipe.members > 1:
        lines.append("# What several networks say together is the mean of what each says.")
        network = "one"
        loops.append("for one in members")
    if recipe.looks > 1:
        lines += _LOOKING
        images = "look"
        loops.append("for look in looks")
    asked = f"{network}.predict({images}, verbose=0)"
    answers = f"np.mean([{asked} {' '.join(loops)}], axis=0)" if loops else asked
    answers = "\n".join([*lines, f"answers = {answers}"])
    return (
        f"{answers}\n"
        "accuracy = np.mean(answers.argmax(axis=1) == y_test.argmax(axis=1))\n"
        'print(f"Test accuracy: {accuracy:.4f}")'
    )


def _takes_row(recipe: Recipe) -> bool:
    return len(recipe.input_shape) == 1

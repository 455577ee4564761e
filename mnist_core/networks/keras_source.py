"""A network and its settings as plain Keras source: a script, or a notebook.

It reads like a tutorial's and needs only `keras`, `tensorflow` and `numpy`. It uses `model.fit`, so
its accuracy matches that of the app's own training as one seed matches another, not to the digit.
"""

from collections.abc import Sequence
from textwrap import indent
from typing import Literal

import msgspec

from mnist_core.data.dataset import TRAINING_IMAGES
from mnist_core.networks import layers
from mnist_core.networks.recipes import RECIPES, Recipe
from mnist_core.networks.settings import ALL_DIGITS, OPTIMIZER_TITLES, Settings

LOCAL_FILE = "LOCAL_MNIST"
"""The environment variable that gives a script the file `mnist.npz`, to run offline."""

Caveat = Literal["taught", "went on", "drawings", "rate changed", "stopped"]
"""What the app did beyond recipe and settings, and a script cannot."""

_CAVEATS: dict[Caveat, str] = {
    "taught": "In Digit Lab it also learned from another network's answers; here from labels only.",
    "went on": "In Digit Lab it continued from a trained network; here it starts from scratch.",
    "drawings": "In Digit Lab it also learned somebody's drawings; they are not included here.",
    "rate changed": "In Digit Lab its learning rate was changed by hand midway; here it is not.",
    "stopped": "In Digit Lab it was stopped before its last epoch was over; here it is not.",
}
_START_VALUES = {
    "default": "",
    "he": "HeNormal()",
    "normal": "RandomNormal(stddev=0.05)",
    "uniform": "RandomUniform(-0.05, 0.05)",
}
_LOSSES = {"cross-entropy": "categorical_crossentropy", "squared-error": "mean_squared_error"}
_RATES = {
    "constant": "LEARNING_RATE",
    "cosine": "keras.optimizers.schedules.CosineDecay(LEARNING_RATE, steps)",
    "steps": """keras.optimizers.schedules.PiecewiseConstantDecay(
    [round(0.5 * steps), round(0.75 * steps)],
    [LEARNING_RATE, 0.1 * LEARNING_RATE, 0.01 * LEARNING_RATE],
)""",
    "one-cycle": """keras.optimizers.schedules.CosineDecay(
    LEARNING_RATE / 25,
    steps - round(0.2 * steps),
    warmup_target=LEARNING_RATE,
    warmup_steps=round(0.2 * steps),
)""",
}
_LOADING = f"""\
if "{LOCAL_FILE}" in os.environ:
    mnist = np.load(os.environ["{LOCAL_FILE}"])
    x_train, y_train = mnist["x_train"], mnist["y_train"]
    x_test, y_test = mnist["x_test"], mnist["y_test"]
else:
    (x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()"""
_AUGMENTING = (
    "# Only while training. Digit Lab distorts images in more ways, and may redraw them in",
    "# other people's handwriting; plain Keras has nothing like it.",
    'keras.layers.RandomRotation(0.03, fill_mode="constant")',
    'keras.layers.RandomTranslation(0.06, 0.06, fill_mode="constant")',
    'keras.layers.RandomZoom((-0.1, 0.1), (-0.1, 0.1), fill_mode="constant")',
)
_LOOKING = """\
# It looks at each image three times, also shifted by a pixel, and takes the mean answer.
wide = np.pad(x_test, ((0, 0), (1, 1), (1, 1), (0, 0)))
looks = [wide[:, start : start + 28, start : start + 28] for start in range(3)]
"""


def script(recipe: Recipe, settings: Settings, *caveats: Caveat) -> str:
    """A Python script that trains this network and prints its test accuracy."""
    parts = [f"{indent(words, '# ')}\n{code}" for words, code in _parts(recipe, settings, caveats)]
    return f'"""{_title(recipe)}"""\n\n' + "\n\n".join(parts) + "\n"


def notebook(recipe: Recipe, settings: Settings, *caveats: Caveat) -> str:
    """The same as a Jupyter notebook (nbformat 4.5, JSON)."""
    cells = [_cell("title", "markdown", f"# {_title(recipe)}")]
    for number, (words, code) in enumerate(_parts(recipe, settings, caveats)):
        cells.append(_cell(f"words-{number}", "markdown", words))
        cells.append(
            _cell(f"code-{number}", "code", code) | {"outputs": [], "execution_count": None}
        )
    python = {"display_name": "Python 3", "language": "python", "name": "python3"}
    document = {
        "cells": cells,
        "metadata": {"kernelspec": python, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=1).decode() + "\n"


def _cell(name: str, kind: str, source: str) -> dict[str, object]:
    return {"id": name, "cell_type": kind, "metadata": {}, "source": source}


def _title(recipe: Recipe) -> str:
    # Only our own titles: a visitor's text never gets into code.
    this = recipe.layers, recipe.members
    known = next((own for own in RECIPES if (own.layers, own.members) == this), None)
    what = f"{known.title} ({known.name})" if known else "My network"
    return f"{what}: {recipe.parameters:,} parameters. Exported from Digit Lab."


def _parts(recipe: Recipe, settings: Settings, caveats: Sequence[Caveat]) -> list[tuple[str, str]]:
    """The parts of the source: what each is about, and its code."""
    math = "" if settings.schedule == "constant" else "import math\n"
    shape = "a row of 784 numbers" if _takes_row(recipe) else "a picture of 28 x 28 x 1"
    imports = f"{math}import os\n\nimport keras\nimport numpy as np"
    span = "from 0 to 1" if settings.pixel_range == "0-1" else "as in the file, 0 to 255"
    pixels = f"Pixels {span}, each image {shape}; labels one-hot"
    training = "\n".join(["Training", *(_CAVEATS[caveat] for caveat in caveats)])
    return [
        ("Requirements: pip install tensorflow", imports),
        ("Settings", _settings(settings)),
        (f"MNIST. Keras downloads it, unless {LOCAL_FILE} names a file mnist.npz", _data(settings)),
        (pixels, _preparation(recipe, settings)),
        ("The network", _network(recipe, settings)),
        (training, _training(recipe, settings)),
        ("How accurate is it on the test images?", _testing(recipe)),
    ]


def _settings(settings: Settings) -> str:
    policy = '\nkeras.mixed_precision.set_global_policy("mixed_bfloat16")'
    return f"""\
EPOCHS = {settings.epochs}
BATCH_SIZE = {settings.batch_size}
LEARNING_RATE = {settings.learning_rate!r}
SEED = {settings.seed}

keras.utils.set_random_seed(SEED){policy if settings.precision == "bfloat16" else ""}"""


def _data(settings: Settings) -> str:
    lines = [_LOADING]
    if settings.digits != ALL_DIGITS:
        lines += [
            f"wanted = np.isin(y_train, {list(settings.digits)})  # only these digits are learned",
            "x_train, y_train = x_train[wanted], y_train[wanted]",
        ]
    if settings.training_images < TRAINING_IMAGES:
        count = settings.training_images
        lines.append(f"x_train, y_train = x_train[:{count}], y_train[:{count}]")
    if settings.label_noise:
        known = list(settings.digits if len(settings.digits) > 1 else ALL_DIGITS)
        lines += [
            "# Some labels are wrong on purpose.",
            "random = np.random.default_rng(SEED)",
            f"wrong = random.permutation(len(y_train))[: round({settings.label_noise!r} "
            "* len(y_train))]",
            "y_train = y_train.copy()",
            "for index in wrong:",
            f"    y_train[index] = random.choice(np.setdiff1d({known}, y_train[index]))",
        ]
    return "\n".join(lines)


def _takes_row(recipe: Recipe) -> bool:
    return len(recipe.input_shape) == 1


def _preparation(recipe: Recipe, settings: Settings) -> str:
    # Images can be augmented only as pictures.
    row = _takes_row(recipe) and settings.augmentation == "none"
    shape = "784" if row else "28, 28, 1"
    divided = " / 255" if settings.pixel_range == "0-1" else ""
    return f"""\
x_train = x_train.reshape(-1, {shape}).astype("float32"){divided}
x_test = x_test.reshape(-1, {shape}).astype("float32"){divided}
y_train = keras.utils.to_categorical(y_train, 10)
y_test = keras.utils.to_categorical(y_test, 10)"""


def _network(recipe: Recipe, settings: Settings) -> str:
    augmented = settings.augmentation != "none"
    start_values = _START_VALUES[recipe.initializer]
    start = "kernel_initializer=start()" if start_values else ""
    row = _takes_row(recipe) and not augmented
    lines = [f"keras.Input({'(784,)' if row else '(28, 28, 1)'})"]
    if augmented:
        lines += _AUGMENTING
        if _takes_row(recipe):
            lines.append("keras.layers.Flatten()")
    for layer in recipe.layers:
        lines += _layer_lines(layer, start)
    # Ten probabilities that sum to 1 need full precision.
    exact = 'dtype="float32"' if settings.precision == "bfloat16" else ""
    lines.append(_call("Dense", 10, 'activation="softmax"', start, exact))
    stack = "\n".join(f"        {line}{'' if line[0] == '#' else ','}" for line in lines)
    network = f"keras.Sequential(\n    [\n{stack}\n    ]\n)"
    # A function, because an initializer that is used twice gives the same values twice.
    code = f"def start():\n    return keras.initializers.{start_values}\n\n\n" if start else ""
    if recipe.members == 1:
        return f"{code}model = {network}\nmodel.summary()"
    return (
        f"{code}def build():\n{indent(f'return {network}', '    ')}\n\n\n"
        f"members = [build() for _ in range({recipe.members})]\nmembers[0].summary()"
    )


def _layer_lines(layer: layers.Layer, start: str) -> list[str]:
    """A layer as Keras source: one line, or two for a normalisation with an activation."""
    match layer:
        case layers.Dense(units=units, activation=activation):
            return [_call("Dense", units, _activation(activation), start)]
        case layers.Conv(filters=filters, size=size, activation=activation):
            return [_call("Conv2D", filters, size, _activation(activation), start)]
        case layers.MaxPool(size=size):
            return [_call("MaxPooling2D", size)]
        case layers.AveragePool(size=size):
            return [_call("AveragePooling2D", size)]
        case layers.BatchNorm(activation="linear"):
            return [_call("BatchNormalization")]
        case layers.BatchNorm(activation=activation):
            return [_call("BatchNormalization"), _call("Activation", f'"{activation}"')]
        case layers.Dropout(rate=rate):
            return [_call("Dropout", repr(rate))]
        case layers.Flatten():
            return [_call("Flatten")]


def _activation(name: layers.Activation) -> str:
    return "" if name == "linear" else f'activation="{name}"'


def _call(name: str, *arguments: str | int) -> str:
    return f"keras.layers.{name}({', '.join(str(one) for one in arguments if one)})"


def _training(recipe: Recipe, settings: Settings) -> str:
    momentum = f", momentum={settings.momentum!r}" if settings.optimizer == "sgd" else ""
    optimizer = f"keras.optimizers.{OPTIMIZER_TITLES[settings.optimizer]}"
    fit = f"""\
rate = {_RATES[settings.schedule]}
model.compile(
    loss="{_LOSSES[settings.loss]}",
    optimizer={optimizer}(learning_rate=rate{momentum}),
    metrics=["accuracy"],
)
model.fit(
    x_train,
    y_train,
    batch_size=BATCH_SIZE,
    epochs=EPOCHS,
    validation_data=(x_test, y_test),
    verbose=2,
)"""
    if recipe.members > 1:
        fit = f"for model in members:\n{indent(fit, '    ')}"
    if settings.schedule == "constant":
        return fit
    return f"steps = EPOCHS * math.ceil(len(x_train) / BATCH_SIZE)\n{fit}"


def _testing(recipe: Recipe) -> str:
    code, model, images, loops = "", "model", "x_test", ""
    if recipe.members > 1:
        code = "# The committee's answer is the mean of its members' answers.\n"
        model, loops = "member", " for member in members"
    if recipe.looks > 1:
        code += _LOOKING
        images, loops = "look", f"{loops} for look in looks"
    answers = f"{model}.predict({images}, verbose=0)"
    if loops:
        answers = f"np.mean(\n    [{answers}{loops}],\n    axis=0,\n)"
    return f"""\
{code}answers = {answers}
accuracy = np.mean(answers.argmax(axis=1) == y_test.argmax(axis=1))
print(f"Test accuracy: {{accuracy:.4f}}")"""

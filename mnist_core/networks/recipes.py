"""The networks of five public Keras tutorials (T0 to T4) and three of our own, as data."""

from dataclasses import dataclass, replace
from typing import Literal

from mnist_core.networks import layers
from mnist_core.networks.layers import (
    BatchNorm,
    Conv,
    Dense,
    Dropout,
    Flatten,
    Layer,
    MaxPool,
    Shape,
)
from mnist_core.networks.settings import EpochFigures, Settings

Looks = Literal[1, 3]

Initializer = Literal["default", "he", "normal", "uniform"]
"""The distribution of start values: Keras's default (Glorot uniform), He normal,
`RandomNormal(stddev=0.05)` or `RandomUniform(-0.05, 0.05)`."""
INITIALIZER_NAMES: dict[Initializer, str] = {
    "default": "Glorot uniform",
    "he": "He normal",
    "normal": "small normal",
    "uniform": "small uniform",
}


@dataclass(frozen=True)
class Published:
    """A test accuracy that a tutorial printed, 0..1."""

    tutorial: str
    accuracy: float


@dataclass(frozen=True)
class Recipe:
    """A network and the way its tutorial trains it.

    Attributes:
        name: short and unique, as in the address of a page.
        title: the same for people.
        summary: one sentence on what is special about it.
        layers: all layers but the last; every network ends in `layers.OUTPUT`.
        settings: the tutorial's own.
        initializer: the start values of the dense and convolutional layers' weights.
        members: the number of networks with these layers, trained from different start values;
            the answer is the mean of their answers.
        looks: how often a trained network looks at an image: once, or three times, also shifted by
            a pixel down and right, and up and left; the answer is the mean. While training it
            looks once.
        published: the accuracies that tutorials give for it; the first is the one to compare.
        published_curve: the tutorial's own figures by epoch, if it printed them.
    """

    name: str
    title: str
    summary: str
    layers: tuple[Layer, ...]
    settings: Settings
    initializer: Initializer = "default"
    members: int = 1
    looks: Looks = 1
    published: tuple[Published, ...] = ()
    published_curve: tuple[EpochFigures, ...] = ()

    @property
    def tutorials(self) -> tuple[str, ...]:
        """The tutorials it comes from, such as `("T0", "T3")`."""
        return tuple(figure.tutorial for figure in self.published)

    @property
    def published_accuracy(self) -> float | None:
        """The test accuracy to compare with, 0..1; None for our own networks."""
        return self.published[0].accuracy if self.published else None

    @property
    def input_shape(self) -> Shape:
        """The shape of an image for this network: `(784,)` or `(28, 28, 1)`."""
        return layers.input_shape(self.layers)

    @property
    def parameters(self) -> int:
        """The number of parameters of all members together."""
        return self.members * sum(line.parameters for line in layers.summarize(self.layers))


def get(name: str) -> Recipe:
    """The recipe of this name.

    Raises:
        ValueError: there is none; the message lists the names there are.
    """
    found = {recipe.name: recipe for recipe in RECIPES}
    if name not in found:
        raise ValueError(f"There is no recipe called {name!r}; choose one of: {', '.join(found)}.")
    return found[name]


def with_current_words(recipe: Recipe) -> Recipe:
    """A stored recipe with today's title and summary, which may have been edited since."""
    known = next((one for one in (*RECIPES, EVERY_HAND) if one.name == recipe.name), recipe)
    return replace(recipe, title=known.title, summary=known.summary)


def _curve(*rows: tuple[float, float, float, float]) -> tuple[EpochFigures, ...]:
    return tuple(EpochFigures(epoch, *row) for epoch, row in enumerate(rows, start=1))


_BEST_LAYERS: tuple[Layer, ...] = (
    Conv(32, 5),
    MaxPool(2),
    BatchNorm("relu"),
    Conv(64, 3),
    BatchNorm("relu"),
    Conv(96, 3),
    MaxPool(2),
    BatchNorm("relu"),
    Conv(128, 3),
    BatchNorm("relu"),
    Flatten(),
    Dense(128, "relu"),
    Dropout(0.25),
)
_BEST_SETTINGS = Settings(
    epochs=15,
    batch_size=128,
    optimizer="adam",
    learning_rate=0.003,
    # The last 5,000 are for validation and to fit the temperature.
    training_images=55_000,
    schedule="one-cycle",
    augmentation="hands",
    precision="bfloat16",
)

# On processors that support bfloat16, training is faster and as good: see benchmarks/README.md.
_T3 = Settings(
    epochs=10, batch_size=200, optimizer="adam", learning_rate=0.001, precision="bfloat16"
)

RECIPES: tuple[Recipe, ...] = (
    Recipe(
        name="mlp-784",
        title="One hidden layer",
        summary="One layer of 784 neurons, one for each pixel: the plainest network there is.",
        layers=(Dense(784, "relu"),),
        initializer="normal",
        settings=_T3,
        published=(Published("T0", 0.9814), Published("T3", 0.9829)),
        published_curve=_curve(
            (0.2781, 0.9213, 0.1443, 0.9585),
            (0.1100, 0.9686, 0.0943, 0.9709),
            (0.0709, 0.9798, 0.0809, 0.9739),
            (0.0511, 0.9855, 0.0679, 0.9781),
            (0.0361, 0.9898, 0.0650, 0.9801),
            (0.0265, 0.9936, 0.0640, 0.9790),
            (0.0191, 0.9953, 0.0624, 0.9810),
            (0.0145, 0.9965, 0.0592, 0.9822),
            (0.0109, 0.9977, 0.0554, 0.9827),
            (0.0079, 0.9986, 0.0596, 0.9814),
        ),
    ),
    Recipe(
        name="mlp-512-512",
        title="Two hidden layers",
        summary="Two layers of 512 neurons, with dropout against memorising the training images.",
        layers=(Dense(512, "relu"), Dropout(0.2), Dense(512, "relu"), Dropout(0.2)),
        settings=replace(_T3, epochs=20, batch_size=128, optimizer="rmsprop"),
        published=(Published("T1", 0.9843),),
    ),
    Recipe(
        name="cnn-32-32",
        title="Two convolutions",
        summary="Looks for 32 small patterns everywhere, then for 32 patterns of those patterns.",
        layers=(
            Conv(32, 3, "relu"),
            Conv(32, 3, "relu"),
            MaxPool(2),
            Dropout(0.25),
            Flatten(),
            Dense(128, "relu"),
            Dropout(0.5),
        ),
        # The tutorial relied on the default rate of its day; with today's 0.001, Adadelta learns
        # next to nothing in 12 epochs.
        settings=replace(_T3, epochs=12, batch_size=128, optimizer="adadelta", learning_rate=1.0),
        published=(Published("T1", 0.9914),),
    ),
    Recipe(
        name="mlp-1024-128-64",
        title="Three hidden layers",
        summary="Three layers that narrow from 1,024 to 64 neurons: deep, but blind to shape.",
        layers=(Dense(1024, "relu"), Dense(128, "tanh"), Dropout(0.05), Dense(64, "relu")),
        settings=replace(_T3, batch_size=64),
        published=(Published("T2", 0.9811),),
    ),
    Recipe(
        name="cnn-simple",
        title="A simple convolution",
        summary="One layer of 32 patterns of 5×5 pixels: already better than any plain network.",
        layers=(Conv(32, 5, "relu"), MaxPool(2), Dropout(0.2), Flatten(), Dense(128, "relu")),
        settings=_T3,
        published=(Published("T3", 0.9905),),
    ),
    Recipe(
        name="cnn-larger",
        title="A deeper convolution",
        summary="Two rounds of patterns and pooling: a tenth of the parameters, fewer mistakes.",
        layers=(
            Conv(30, 5, "relu"),
            MaxPool(2),
            Conv(15, 3, "relu"),
            MaxPool(2),
            Dropout(0.2),
            Flatten(),
            Dense(128, "relu"),
            Dense(50, "relu"),
        ),
        settings=_T3,
        published=(Published("T3", 0.9917),),
    ),
    Recipe(
        name="mlp-800-sgd",
        title="The slow learner",
        summary="800 neurons and the oldest learning rule: it gets there, but takes its time.",
        layers=(Dense(800, "relu"), Dropout(0.5)),
        initializer="uniform",
        settings=replace(_T3, batch_size=256, optimizer="sgd", learning_rate=0.01),
        published=(Published("T4", 0.9060),),
        published_curve=_curve(
            (1.7539, 0.5799, 1.2128, 0.8038),
            (0.9985, 0.7860, 0.7474, 0.8514),
            (0.7219, 0.8231, 0.5786, 0.8704),
            (0.6055, 0.8434, 0.4968, 0.8806),
            (0.5416, 0.8536, 0.4487, 0.8879),
            (0.4987, 0.8615, 0.4154, 0.8938),
            (0.4698, 0.8699, 0.3919, 0.8977),
            (0.4464, 0.8743, 0.3738, 0.9009),
            (0.4291, 0.8796, 0.3595, 0.9041),
            (0.4121, 0.8838, 0.3476, 0.9060),
        ),
    ),
    Recipe(
        name="cnn-best",
        title="The best single network",
        summary="Four convolutions that also saw MNIST's digits in other people's handwriting.",
        layers=_BEST_LAYERS,
        settings=_BEST_SETTINGS,
        # This lowers the validation loss of every seed by a tenth; nine looks do no better.
        looks=3,
    ),
    Recipe(
        name="committee",
        title="A committee of three",
        summary="Three of the best network, each trained by itself: their answers are averaged.",
        layers=_BEST_LAYERS,
        settings=_BEST_SETTINGS,
        members=3,
        looks=3,
    ),
    Recipe(
        name="quick",
        title="The quick one",
        summary="Small patterns, big steps that shrink in time: 99% in seconds.",
        layers=(
            Conv(16, 5, "relu"),
            MaxPool(2),
            Conv(32, 5, "relu"),
            MaxPool(2),
            Flatten(),
            Dense(128, "relu"),
        ),
        # Chosen by validation on the last 5,000 training images: see benchmarks/quick.py.
        settings=replace(_T3, epochs=2, batch_size=256, learning_rate=0.008, schedule="one-cycle"),
    ),
)

EVERY_HAND = replace(
    get("cnn-best"),
    name="every-hand",
    title="The reader of every hand",
    summary="The best single network, which then learned how people write on a screen.",
    # Beside MNIST it learns from strokes that are not part of this repository, so nobody can train
    # it here: it is no recipe to choose. See scripts/train_hands.py.
    settings=replace(_BEST_SETTINGS, epochs=8, learning_rate=0.0015, schedule="cosine"),
)
"""The network that Draw reads with."""

SHIPPED: tuple[Recipe, ...] = (
    *(recipe for recipe in RECIPES if recipe.name != "quick"),
    EVERY_HAND,
)
"""Those that come with the app already trained; `quick` is trained while one waits."""

"""How well each shipped network reads what people draw on a screen.

Measured by benchmarks/real_hands.py on 2,498 digits of ten people (UCI "Pen-Based Recognition of
Handwritten Digits", E. Alpaydin and F. Alimoglu, CC BY 4.0), whom no network ever learned from.
"""

from dataclasses import dataclass
from pathlib import Path

import msgspec

FILE = Path(__file__).parent / "handwriting_accuracy.json"
DIGITS = 2_498
PEOPLE = 10


@dataclass(frozen=True)
class RealHandAccuracy:
    """Accuracies on these drawings, 0..1.

    Attributes:
        prepared: with each drawing turned into an image the way MNIST would have done it.
        shrunk: with the whole canvas shrunk to 28 x 28, as most apps do it.
    """

    prepared: float
    shrunk: float


def load(path: Path = FILE) -> dict[str, RealHandAccuracy]:
    """The accuracies by the network's name."""
    return msgspec.json.decode(path.read_bytes(), type=dict[str, RealHandAccuracy])


def save(figures: dict[str, RealHandAccuracy], path: Path = FILE) -> None:
    """Write what a benchmark measured."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(figures), indent=1) + b"\n")

"""How well each shipped network reads what people draw on a screen.

Measured by benchmarks/real_hands.py on 7,494 digits of 30 people (UCI "Pen-Based Recognition of
Handwritten Digits", E. Alpaydin and F. Alimoglu, CC BY 4.0), which no network ever learned from.
"""

from dataclasses import dataclass
from pathlib import Path

import msgspec

FILE = Path(__file__).parent / "real_hands.json"
DIGITS = 7_494
PEOPLE = 30


@dataclass(frozen=True)
class RealHandAccuracy:
    """Shares read rightly, 0..1.

    Attributes:
        prepared: each drawing made what MNIST would have made of it.
        shrunk: the whole canvas shrunk to 28 x 28, which is what the usual app does.
    """

    prepared: float
    shrunk: float


def load(path: Path = FILE) -> dict[str, RealHandAccuracy]:
    """The shares by the network's name."""
    return msgspec.json.decode(path.read_bytes(), type=dict[str, RealHandAccuracy])


def save(figures: dict[str, RealHandAccuracy], path: Path = FILE) -> None:
    """Keep what a benchmark found."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(figures), indent=1) + b"\n")

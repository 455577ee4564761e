"""Draw the app's icon from MNIST, ui/shell/icon.png: `python -m scripts.make_icon`."""

from pathlib import Path

from PIL import Image

from mnist_core.data import dataset

FILE = Path(__file__).parents[1] / "ui" / "shell" / "icon.png"
ACCENT = (42, 79, 176)


def main() -> None:
    """Draw training element 0, the best known digit of all, in white on the accent."""
    five = Image.fromarray(dataset.load("train").images[0].repeat(4, axis=0).repeat(4, axis=1))
    icon = Image.new("RGB", five.size, ACCENT)
    icon.paste((255, 255, 255), mask=five)
    icon.quantize(32).save(FILE)


if __name__ == "__main__":
    main()

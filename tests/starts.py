"""Does the app start on this machine? `python -m tests.starts`, with requirements.txt alone.

For systems on which not all tests run: it serves the app, runs the home page, and lets every
model that comes with the app read one digit.
"""

import tempfile
from pathlib import Path

from streamlit.testing.v1 import AppTest

from mnist_core.data import dataset
from mnist_core.models import store
from tests.serving import APP, serve


def main() -> None:
    """Raise when something does not work."""
    with tempfile.TemporaryDirectory() as folder, serve(APP, Path(folder)):
        home = AppTest.from_file(str(APP), default_timeout=120).run()
    if home.exception or not home.title:
        raise RuntimeError(f"The home page does not show: {home.exception}")
    digits = dataset.load("test")
    for card in store.list_models():
        answer = int(store.open_model(card.name).predict(digits.images[:1]).argmax())
        if answer != digits.labels[0]:
            raise RuntimeError(f"{card.name} reads the first test image, a 7, as a {answer}.")


if __name__ == "__main__":
    main()

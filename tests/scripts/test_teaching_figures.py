"""The figures of the notes and worksheets are those of the shipped networks."""

from mnist_core.teaching_material import figures
from scripts import teaching_figures


def test_the_figures_are_what_the_networks_say():
    assert figures.load() == teaching_figures.computed(), "run: python -m scripts.teaching_figures"

"""The figures of the notes and worksheets are those of the shipped networks."""

from mnist_core.teaching_material import figures
from scripts import teaching_figures


def test_the_figures_are_what_the_networks_say():
    assert figures.load() == teaching_figures.computed(), "run: python -m scripts.teaching_figures"


def test_what_was_measured_elsewhere_is_what_its_document_says():
    document = (teaching_figures.DOCS / "figures.md").read_text("utf-8")
    accuracies = (*figures.QUICK, *figures.CONVOLUTIONS)
    for words in (
        f"{figures.EVERY_SECONDS} s",
        "six and a half minutes",
        "ten minutes",
        *(f"| {one:.2%} |" for one in accuracies[1::2]),
        *(f"| {one:.2%} | " for one in accuracies[::2]),
        f"the other {figures.EXAM} of the class | {figures.EXAM_BEFORE} | {figures.EXAM_AFTER}",
        f"{figures.MNIST_BEFORE:.2%} | {figures.MNIST_AFTER:.2%}",
    ):
        assert words in document, words
    assert (figures.IDLE_MINUTES, figures.BUSY_MINUTES) == (6.5, 10)

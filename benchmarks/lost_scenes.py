"""What somebody does on each page before their session is lost; used by `lost_sessions`."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageDraw
from playwright.sync_api import expect

from tests.e2e.app import App

SEVEN = ((88, 78), (150, 74), (228, 70), (200, 130), (172, 190), (148, 268))
ONE = ((172, 58), (168, 120), (163, 190), (160, 262))


@dataclass(frozen=True)
class Scene:
    """Somebody on a page.

    Attributes:
        name: for the table of results.
        path: the address.
        act: what they do there.
        go_on: what they do once the page is there again; it fails where something is dead.
        expected: what is said afterwards that was not said before, as a pattern.
        gone: likewise, what was there and may be missing.
    """

    name: str
    path: str
    act: Callable[[App], None] = lambda app: None
    go_on: Callable[[App], None] = lambda app: None
    expected: str = ""
    gone: str = ""


def stroke(app: App, points: tuple[tuple[int, int], ...] = SEVEN) -> None:
    """Draw with a mouse."""
    box = app.page.locator("[class*=st-key-paper-]").bounding_box()
    assert box is not None
    mouse = app.page.mouse
    mouse.move(box["x"] + points[0][0], box["y"] + points[0][1])
    mouse.down()
    for x, y in points[1:]:
        mouse.move(box["x"] + x, box["y"] + y, steps=4)
    mouse.up()
    app.page.wait_for_timeout(400)
    app.wait_idle()


def press(app: App, name: str, *, exact: bool = True, times: int = 1) -> None:
    """Press a button."""
    for _ in range(times):
        app.page.get_by_role("button", name=name, exact=exact).first.click()
        app.wait_idle()


def _draw_and_undo(app: App) -> None:
    stroke(app)
    stroke(app, ONE)
    press(app, "Undo")


def _undo_once_more(app: App) -> None:
    stroke(app, ONE)
    press(app, "Undo", times=2)
    expect(app.page.get_by_role("button", name="Undo")).to_be_disabled()


def _leave_after_drawing(app: App) -> None:
    stroke(app)
    app.go("browse")


def _come_back(app: App) -> None:
    app.go("draw")
    expect(app.page.get_by_role("button", name="Undo")).to_be_enabled()


def _look_closer(app: App) -> None:
    stroke(app)
    app.page.get_by_text("Look closer, or copy a digit").click()
    app.wait_idle()
    press(app, "Give me a digit to copy")
    press(app, "All networks")


def _mean_a_one(app: App) -> None:
    app.page.locator(".st-key-fool-meant label").nth(1).click()
    app.wait_idle()


def _fool(app: App) -> None:
    _mean_a_one(app)
    stroke(app)
    if app.page.get_by_role("button", name="Yes, anybody would").is_visible():
        press(app, "Yes, anybody would")
    app.page.get_by_text("What mattered", exact=True).click()
    app.wait_idle()


def _send_photo(app: App) -> None:
    image = Image.new("L", (300, 300), 250)
    ImageDraw.Draw(image).line(SEVEN, 20, 14, joint="curve")
    image.save(file := io.BytesIO(), "PNG")
    picked = {"name": "seven.png", "mimeType": "image/png", "buffer": file.getvalue()}
    app.page.locator("input[type=file]").set_input_files(picked)  # type: ignore[arg-type]
    expect(app.page.get_by_text("Found in your photo")).to_be_visible()
    app.wait_idle()


def _half_a_sheet(app: App) -> None:
    press(app, "Start")
    for _ in range(3):
        stroke(app)
        press(app, "Next", exact=False)
    stroke(app, ONE)


def _draw_the_next(app: App) -> None:
    press(app, "Next", exact=False)
    expect(app.page.get_by_text("5 of 20")).to_be_visible()
    stroke(app)
    expect(app.page.get_by_role("button", name=re.compile("Next"))).to_be_enabled()


def _whole_sheet(app: App) -> None:
    press(app, "Start")
    stroke(app)
    press(app, "Next", exact=False)
    press(app, "Skip this one", times=19)


def _start_over(app: App) -> None:
    press(app, "Start over with an empty sheet")
    expect(app.page.get_by_text("1 of 20")).to_be_visible()


def _three_on(app: App) -> None:
    press(app, "Next", times=3)


def _one_more(app: App) -> None:
    press(app, "Next")


def _guess(app: App) -> None:
    press(app, "3")


def _guess_the_next(app: App) -> None:
    press(app, "Next image")
    press(app, "4")


def _slide(app: App) -> None:
    for _ in range(3):
        app.page.get_by_role("slider", name="Turn it").press("ArrowRight")
    app.wait_idle()


def _choose_epochs(app: App) -> None:
    _fill_epochs(app, "4")


def _choose_more_epochs(app: App) -> None:
    _fill_epochs(app, "6")


def _fill_epochs(app: App, count: str) -> None:
    box = app.page.get_by_label("Epochs", exact=True)
    caption = app.page.get_by_text(re.compile("^About .* on this computer"))
    before = caption.inner_text()
    box.fill(count)
    box.press("Enter")
    expect(caption).not_to_have_text(before)
    app.wait_idle()


def _add_a_layer(app: App) -> None:
    before = app.page.url
    press(app, "Dense")
    expect(app.page).not_to_have_url(before)


def _train(app: App) -> None:
    press(app, "Train it", exact=False)
    expect(app.page.get_by_role("button", name="Stop and keep")).to_be_visible()


def _stop_it(app: App) -> None:
    stop = app.page.get_by_role("button", name="Stop and keep")
    if stop.is_visible():
        stop.click()
    expect(
        app.page.get_by_text(re.compile("test images correctly|Stopped|stopped"))
    ).not_to_have_count(0, timeout=120_000)


def _tour(app: App) -> None:
    press(app, "Show me, 5 minutes")
    stroke(app)
    app.page.wait_for_timeout(1500)


def _next_stop(app: App) -> None:
    press(app, "Next: ask another network")


def _open_question(app: App) -> None:
    app.page.locator("summary").nth(3).click()
    app.wait_idle()


def _open_another(app: App) -> None:
    app.page.locator("summary").nth(5).click()
    app.wait_idle()


SCENES = (
    Scene("Home, drawn and undone", "", _draw_and_undo, _undo_once_more),
    Scene("Home, on the tour", "", _tour, _next_stop),
    Scene("Draw, closer looks open", "draw", _look_closer, _undo_once_more),
    Scene("Draw, while another page is open", "draw", _leave_after_drawing, _come_back),
    Scene("Fool it, in the game", "draw?view=fool", _fool, _mean_a_one),
    Scene(
        "Photo",
        "draw?view=photo",
        _send_photo,
        _send_photo,
        expected="lost, and your photo with it|Write one digit on paper|[Uu]pload|Drag|drop|12MB",
        gone="seven|Found|a 7|[0-9%<>]|network|PNG|KB|box|sees|MNIST|[Aa]dd|Help",
    ),
    Scene("Score my handwriting, half done", "draw?view=score", _half_a_sheet, _draw_the_next),
    Scene("Score my handwriting, read", "draw?view=score", _whole_sheet, _start_over),
    Scene("Browse, three images on", "browse", _three_on, _one_more),
    Scene("Browse, its numbers", "browse?view=pixels&index=7"),
    Scene("Browse, more like this", "browse?view=alike&index=7"),
    Scene("Browse, how it is prepared", "browse?view=preparation&index=7"),
    Scene("Browse, doubtful labels", "browse?view=doubtful", _guess, _guess_the_next),
    Scene("Browse, page by page", "browse?view=pages&page=3"),
    Scene("Browse, map", "browse?view=map"),
    Scene("Browse, all at once", "browse?view=sheets"),
    Scene("Browse, in numbers", "browse?view=shape"),
    Scene("Mistakes, three on", "mistakes?model=cnn-simple", _three_on, _one_more),
    Scene("Mistakes, why", "mistakes?model=cnn-simple&view=why", _slide, _slide),
    Scene("Mistakes, table", "mistakes?model=cnn-simple&view=matrix"),
    Scene("Mistakes, in numbers", "mistakes?model=cnn-simple&view=table"),
    Scene("Mistakes, labels", "mistakes?model=cnn-simple&view=labels"),
    Scene("Mistakes, how sure", "mistakes?model=cnn-simple&view=sure"),
    Scene("Mistakes, how robust", "mistakes?model=mlp-784&view=robust"),
    Scene("Mistakes, compare", "mistakes?model=cnn-simple&view=compare"),
    Scene("Train, settings changed", "train?recipe=quick", _choose_epochs, _choose_more_epochs),
    Scene("Train, my network", "train?view=own", _add_a_layer, _add_a_layer),
    Scene("Train, series", "train?view=series"),
    Scene("Train, a training watched", "train", _train, _stop_it, expected=".", gone="."),
    Scene("Train, runs", "train?view=runs"),
    Scene("Questions, one open", "questions", _open_question, _open_another),
)
"""On every page and every view."""

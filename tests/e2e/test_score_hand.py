"""Score my handwriting in a browser: a full sheet, a correction, a network that learns."""

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from mnist_core.data import dataset
from mnist_core.handwriting import unfinished_sheets
from tests.e2e.app import PHONE, App
from tests.e2e.test_draw import Stroke, arc, draw, mouse_along, touch
from tests.serving import Server
from ui.shell import visitor

WAIT = 120_000

# As a tidy hand writes them on a canvas of 320 pixels.
TEN: dict[int, list[Stroke]] = {
    0: [arc(165, 160, 62, 96, -80, 290)],
    1: [[(172, 58), (168, 120), (163, 190), (160, 262)]],
    2: [[*arc(155, 118, 62, 58, -160, 40), (150, 210), (95, 258), (232, 254)]],
    3: [[*arc(150, 108, 56, 50, -150, 80), *arc(152, 208, 66, 56, -80, 150)]],
    4: [[(140, 60), (90, 180), (232, 178)], [(200, 70), (196, 160), (192, 270)]],
    5: [[(215, 66), (120, 70), (112, 145), *arc(155, 195, 66, 62, -120, 140)]],
    6: [[(195, 58), (135, 120), (105, 190), *arc(160, 208, 56, 54, 180, 540)]],
    7: [[(88, 78), (150, 74), (228, 70), (200, 130), (172, 190), (148, 268)]],
    8: [[*arc(160, 108, 48, 46, 80, -280), *arc(160, 208, 58, 54, -90, 270)]],
    9: [[*arc(155, 118, 56, 54, 0, -360), (208, 170), (200, 264)]],
}


def asked(app: App) -> int:
    heading = app.page.get_by_role("heading", name=re.compile(r"Draw an? \d")).inner_text()
    return int(re.findall(r"\d", heading)[0])


def fill(app: App, count: int, first: int = 1) -> None:
    for number in range(first, first + count):
        expect(app.page.get_by_text(f"{number} of 20")).to_be_visible()
        app.wait_idle()
        mouse_along(app, TEN[asked(app)])
        expect(app.page.get_by_role("button", name=re.compile("Next|Done"))).to_be_enabled()
        # A key pressed while the button is drawn anew is lost, as on any page.
        app.wait_idle()
        # The key that the button answers to; the mouse has just been on the canvas.
        app.page.keyboard.press("Enter")
        expect(app.page.get_by_text(f"{number} of 20 · round")).to_have_count(0)
    app.wait_idle()
    # No frame round the page.
    assert app.page.locator("[data-testid=stMain]:focus-visible").count() == 0


def fill_all_but_one(app: App, server: Server) -> None:
    """Fill what is left with digits from MNIST but for the last, as if it had been drawn."""
    (code,) = (one["value"] for one in app.page.context.cookies() if one["name"] == visitor.COOKIE)
    sheet = unfinished_sheets.load(server.models, code)
    assert sheet is not None
    digits = dataset.load("test")
    for label in sheet.prompts[sheet.position : -1]:
        sheet = sheet.with_drawing(digits.images[digits.labels == label][0])
    assert unfinished_sheets.save(sheet, server.models, code)
    # A new visit of the same browser goes on with it.
    app.page.reload()
    app.wait_idle()


def headline(app: App) -> Locator:
    return app.page.get_by_role("heading", name=re.compile(r"\d+ of \d+ read correctly by"))


@pytest.mark.trains
def test_a_full_round_is_corrected_taught_kept_and_deleted(app: App, server: Server) -> None:
    app.open("draw?view=score&model=cnn-simple")
    app.page.get_by_role("button", name="Start", exact=True).click()
    app.wait_idle()
    fill(app, 1)
    # Left in the middle, and found again.
    app.page.get_by_role("link", name="Browse").first.click()
    app.page.wait_for_url("**/browse*")
    app.wait_idle()
    app.page.get_by_role("link", name="Draw").first.click()
    app.page.wait_for_url("**/draw*")
    app.wait_idle()
    fill(app, 1, first=2)
    fill_all_but_one(app, server)
    fill(app, 1, first=20)

    expect(headline(app)).to_contain_text("of 20")
    right = int(headline(app).inner_text().split()[0])
    assert right >= 15
    expect(app.page.get_by_role("table").get_by_text("One hidden layer")).to_be_visible()
    app.screenshot("score-results")

    # One that was read correctly was another digit than asked for, somebody says; then it is left
    # out.
    correct = re.compile(r"Your (\d), round 1, read as \1\b")
    app.page.get_by_role("button", name=correct).first.click()
    app.wait_idle()
    said = app.page.get_by_text(re.compile("Asked for:")).inner_text()
    label = int(re.findall(r"Asked for: (\d)", said)[0])
    app.page.get_by_role("radio", name=str((label + 1) % 10), exact=True).click()
    app.wait_idle()
    expect(headline(app)).to_contain_text(f"{right - 1} of 20")
    app.page.get_by_role("button", name="Leave it out").click()
    app.wait_idle()
    expect(headline(app)).to_contain_text(f"{right - 1} of 19")

    with app.page.expect_download() as wanted:
        app.page.get_by_role("button", name="All answers as a table").click()
    rows = list(csv.reader(io.StringIO(Path(wanted.value.path()).read_text())))
    assert len(rows) == 1 + 19
    assert rows[0][:4] == ["drawing", "round", "label", "cnn-simple"]
    with app.page.expect_download() as wanted:
        app.page.get_by_role("button", name="A picture to keep").click()
    assert Path(wanted.value.path()).read_bytes().startswith(b"\x89PNG")

    app.page.get_by_role("button", name="Teach “A simple convolution” my digits").click()
    expect(app.page.get_by_text("MNIST's test images", exact=True)).to_be_visible(timeout=WAIT)
    app.wait_idle()
    expect(app.page.get_by_text("Drawings it never saw", exact=True)).to_be_visible()
    expect(app.page.get_by_text(re.compile(r"of 10"))).not_to_have_count(0)
    expect(app.page.get_by_text("cnn-simple-run-1").first).to_be_visible()
    app.screenshot("score-learned")

    # The drawings are kept only while that is wanted.
    assert "hand=" not in app.page.url
    keep = app.page.get_by_text("Keep my drawings on this server")
    keep.click()
    app.page.wait_for_url(re.compile("hand=[0-9a-f]{32}"))
    app.wait_idle()
    kept = app.page.url
    app.page.goto(kept)
    expect(headline(app)).to_contain_text(f"{right - 1} of 19")
    app.wait_idle()
    keep.click()
    app.page.wait_for_function("!location.search.includes('hand=')")
    app.wait_idle()
    app.page.goto(kept)
    expect(app.page.get_by_text("No drawings are saved under this code")).to_be_visible()


@pytest.mark.browser_context_args(**PHONE)
def test_a_finger_fills_a_place_on_a_phone(app: App) -> None:
    app.open("draw?view=score")
    app.page.get_by_role("button", name="Start", exact=True).tap()
    app.wait_idle()
    touch(app, TEN[asked(app)])
    app.page.get_by_role("button", name="Next").tap()
    app.page.wait_for_timeout(250)
    app.wait_idle()
    expect(app.page.get_by_text("2 of 20")).to_be_visible()
    expect(app.page.get_by_role("button", name="Next")).to_be_disabled()
    assert app.page.evaluate("document.scrollingElement.scrollWidth") <= 390


def test_a_stroke_begun_as_the_next_digit_is_asked_for_is_kept(app: App) -> None:
    app.open("draw?view=score")
    app.page.get_by_role("button", name="Start", exact=True).click()
    app.wait_idle()
    canvas = app.page.locator("canvas.upper-canvas")
    box = canvas.bounding_box()
    assert box is not None
    for number in (1, 2):
        expect(app.page.get_by_text(f"{number} of 20")).to_be_visible()
        if number == 1:
            draw(app, TEN[7])
        app.page.keyboard.press("Enter")
        app.page.mouse.move(box["x"] + 100, box["y"] + 60)
        app.page.mouse.down()
        app.page.mouse.move(box["x"] + 220, box["y"] + 60, steps=4)
        app.page.mouse.move(box["x"] + 140, box["y"] + 260, steps=4)
        app.page.mouse.up()
        app.page.wait_for_timeout(300)
        app.wait_idle()
        expect(app.page.get_by_text(f"{number + 1} of 20")).to_be_visible()
        expect(app.page.get_by_role("button", name="Next")).to_be_enabled()

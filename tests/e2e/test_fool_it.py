"""Fool it in a browser: drawn by mouse and finger, won, kept, looked into, taken home."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.app import PHONE, App
from tests.e2e.test_draw import Stroke, arc, draw, touch

# A 0 with a stroke through it; the network that learned least takes it for an 8, 96% sure.
SLASHED_ZERO: list[Stroke] = [arc(160, 160, 62, 96, -80, 290), [(210, 90), (110, 230)]]
WEAK = "draw?view=fool&model=mlp-800-sgd"


def test_a_drawing_that_fools_the_network_is_kept_with_a_card(app: App) -> None:
    app.open(WEAK)
    app.page.get_by_role("radio", name="0", exact=True).check()
    app.wait_idle()
    draw(app, SLASHED_ZERO)
    expect(app.page.get_by_role("heading", name="It takes your 0 for an 8")).to_be_visible()
    app.page.get_by_role("button", name="Yes, anybody would").click()
    app.wait_idle()
    expect(app.page.get_by_text("You win!")).to_be_visible()
    card = app.page.get_by_role("img", name="Card 1: I drew a 0; The slow learner said an 8")
    assert card.evaluate("card => card.complete && card.naturalWidth") == 680
    with app.page.expect_download() as wanted:
        app.page.get_by_role("button", name="Download the card").click()
    assert wanted.value.suggested_filename == "fooled-0-as-8.png"
    assert Path(wanted.value.path()).read_bytes().startswith(b"\x89PNG")

    # Where it lives: a dot among the ten thousand, named in words.
    app.page.get_by_text("Where it lives", exact=True).click()
    app.wait_idle()
    expect(app.page.get_by_text("yours", exact=True)).to_be_visible()
    app.screenshot("fool-it-won")

    # Another drawing, and back to the one that won.
    app.page.get_by_role("button", name="Clear").click()
    app.wait_idle()
    expect(app.page.get_by_role("heading", name="It takes your 0")).to_have_count(0)
    app.page.get_by_role("button", name="See it again").click()
    app.wait_idle()
    expect(app.page.get_by_role("heading", name="It takes your 0 for an 8")).to_be_visible()


def test_the_network_reads_while_the_pen_is_down_and_no_old_verdict_stands_beside_it(
    app: App,
) -> None:
    app.open(WEAK)
    expect(app.page.get_by_text(re.compile("runs in your browser"))).to_be_attached()
    draw(app, SLASHED_ZERO[:1])
    verdict = app.page.get_by_role("heading", name="First say which digit this is")
    expect(verdict).to_be_visible()
    box = app.page.locator("canvas.upper-canvas").bounding_box()
    assert box is not None
    mouse = app.page.mouse
    mouse.move(box["x"] + 210, box["y"] + 90)
    mouse.down()
    mouse.move(box["x"] + 110, box["y"] + 230, steps=12)
    expect(app.page.get_by_role("status").filter(has_text="an 8")).to_be_visible()
    expect(verdict).to_be_hidden()
    mouse.up()
    expect(verdict).to_be_visible()


@pytest.mark.browser_context_args(**PHONE)
def test_a_finger_wins_on_a_phone(app: App) -> None:
    app.open(WEAK)
    app.page.get_by_role("combobox", name="I am going to draw a").select_option("0")
    app.wait_idle()
    touch(app, SLASHED_ZERO)
    button = app.page.get_by_role("button", name="Yes, anybody would")
    box = button.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    button.tap()
    app.wait_idle()
    expect(app.page.get_by_text("You win!")).to_be_visible()
    assert app.page.evaluate("document.documentElement.scrollWidth") <= 390

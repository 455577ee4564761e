"""Mistakes in a browser: the matrix, the gallery, the close-up."""

import re

import pytest
from playwright.sync_api import expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from mnist_core.analysis import evaluation
from mnist_core.analysis.evaluation import Report
from mnist_core.data import dataset
from mnist_core.models import store
from tests.e2e.app import PHONE, App

MODEL = "mlp-1024-128-64"
FOCUSED = "document.activeElement.shadowRoot?.activeElement?.ariaLabel"


@pytest.fixture(scope="module")
def report() -> Report:
    return evaluation.evaluate(store.test_probabilities(MODEL), dataset.load("test").labels)


def _cell(report: Report, label: int, prediction: int) -> str:
    count = report.confusion[label, prediction]
    return f"{count} images labelled {label} read as {prediction}"


def test_cells_and_filters_are_chosen_by_click_and_by_keyboard(app: App, report: Report) -> None:
    app.open(f"mistakes?model={MODEL}&view=matrix")
    cell = app.page.get_by_role("button", name=_cell(report, 4, 9))
    cell.click()
    app.wait_idle()
    expect(app.page.locator(".digits button")).to_have_count(int(report.confusion[4, 9]))
    expect(cell).to_have_attribute("aria-pressed", "true")
    assert app.page.url.endswith(f"?view=matrix&model={MODEL}&label=4&predicted=9&numbers=counts")
    cell.click()
    app.wait_idle()
    expect(app.page.locator(".digits button")).to_have_count(100)
    assert app.page.url.endswith(f"?view=matrix&model={MODEL}&numbers=counts")
    app.page.get_by_role("button", name=_cell(report, 3, 9)).focus()
    app.page.keyboard.press("ArrowDown")
    assert app.page.evaluate(FOCUSED) == _cell(report, 4, 9)
    app.page.keyboard.press("Enter")
    app.wait_idle()
    assert "label=4&predicted=9" in app.page.url
    assert app.page.evaluate(FOCUSED) == _cell(report, 4, 9)
    app.page.keyboard.press("Enter")
    app.wait_idle()
    assert "label=" not in app.page.url

    # Filters, by keyboard and by list.
    labelled = app.page.get_by_role("combobox", name="Labelled as")
    labelled.focus()
    app.page.keyboard.press("4")
    app.wait_idle()
    row = int(report.confusion[4].sum() - report.confusion[4, 4])
    expect(
        app.page.get_by_text(f"{row} mistakes on images labelled 4, most confident")
    ).to_be_visible()
    expect(labelled).to_be_focused()
    app.page.keyboard.press("ArrowDown")
    app.page.keyboard.press("ArrowDown")
    app.wait_idle()
    assert "label=6" in app.page.url
    app.page.keyboard.press("Home")
    app.wait_idle()
    assert "label=" not in app.page.url
    expect(app.page.locator(".digits button")).to_have_count(100)
    for title, digit in (("Labelled as", "4"), ("Read as", "9")):
        app.page.get_by_role("combobox", name=title).select_option(digit)
        app.wait_idle()
    expect(app.page.locator(".digits button")).to_have_count(int(report.confusion[4, 9]))


def test_the_most_confident_mistake_is_open_and_another_one_opens(app: App, report: Report) -> None:
    answers = store.test_probabilities(MODEL)
    labels = dataset.load("test").labels
    surest = evaluation.most_confident_first(answers, report.mistakes)
    app.open(f"mistakes?model={MODEL}")
    for position in (0, 3):
        number = surest[position]
        app.page.locator(".digits button").nth(position).click()
        app.wait_idle()
        expect(
            app.page.get_by_role(
                "heading", name=f"A {labels[number]}, read as a {answers[number].argmax()}"
            )
        ).to_be_visible()
        expect(app.page.get_by_role("img", name=f"Test image {number},")).to_be_in_viewport()


@pytest.mark.browser_context_args(**PHONE)
def test_a_finger_chooses_a_cell(app: App, report: Report) -> None:
    app.open(f"mistakes?model={MODEL}&view=matrix")
    app.page.get_by_role("button", name=_cell(report, 4, 9)).tap()
    app.wait_idle()
    expect(app.page.locator(".digits button")).to_have_count(int(report.confusion[4, 9]))


def test_a_step_runs_the_first_look_alone_and_why_opens_a_view(app: App) -> None:
    heard: list[str] = []

    def hear(data: str | bytes) -> None:
        assert isinstance(data, bytes)
        element = ForwardMsg.FromString(data).delta.new_element
        heard.append(element.WhichOneof("type") or "")

    app.page.on("websocket", lambda socket: socket.on("framereceived", hear))
    app.open("mistakes")
    assert "page_link" in heard
    heard.clear()
    app.page.get_by_role("button", name="Next").click()
    app.wait_idle()
    assert "bidi_component" in heard
    assert "page_link" not in heard
    number = re.search(r"index=(\d+)", app.page.url)
    assert number
    app.page.get_by_role("button", name="Why?").click()
    app.wait_idle()
    assert "view=why" in app.page.url
    assert f"index={number[1]}" in app.page.url
    expect(app.page.get_by_role("button", name="‹ One mistake")).to_be_visible()
    app.page.go_back()
    app.wait_idle()
    assert "view=why" not in app.page.url
    expect(app.page.get_by_role("img", name=f"Test image {number[1]}, labelled")).to_be_visible()

"""Mistakes, "In numbers", in a browser: the files, and one of the first hundred."""

import csv
from io import StringIO

from PIL import Image
from playwright.sync_api import expect

from mnist_core.analysis import evaluation
from mnist_core.data import dataset
from mnist_core.models import store
from tests.e2e.app import App

MODEL = "mlp-800-sgd"


def test_the_files_and_one_of_the_first_hundred(app: App) -> None:
    report = evaluation.evaluate(store.test_probabilities(MODEL), dataset.load("test").labels)
    app.open(f"mistakes?view=table&model={MODEL}")
    with app.page.expect_download() as table:
        app.page.get_by_role("button", name="as a table").click()
    rows = list(csv.DictReader(StringIO(table.value.path().read_text("utf-8"))))
    assert sorted(int(row["test_image"]) for row in rows) == report.mistakes.tolist()
    assert all(row["label"] != row["prediction"] for row in rows)
    with app.page.expect_download() as picture:
        app.page.get_by_role("button", name="as a picture").click()
    assert picture.value.suggested_filename == f"mistakes-{MODEL}.png"
    with Image.open(picture.value.path()) as sheet:
        assert sheet.width == 604
    app.wait_idle()
    app.page.locator(".digits button").nth(8).click()
    app.wait_idle()
    expect(app.page.get_by_role("heading", name="A 5, read as a 6")).to_be_visible()
    assert "view=mistake&" in app.page.url
    assert "index=8" in app.page.url

"""A series in a browser: asked for, left for one of its trainings, seen to come to its end."""

import os
import re

from playwright.sync_api import expect

from mnist_core.jobs import queue
from mnist_core.jobs.spec import Result
from tests.e2e.app import App
from tests.serving import Server
from tests.train.test_chosen_series import RATES, make_series


def test_a_series_is_asked_for_left_found_again_and_ends_as_one_watches(
    app: App, server: Server
) -> None:
    page, root = app.page, server.models
    # While this process says that it is at work on the last of these, no other training begins.
    *_, last = make_series(root, RATES, [0.98, 0.97], name="abc")
    assert last.process.claim(os.getpid())
    app.open("train?recipe=mlp-784")
    page.get_by_role("button", name="Train a series").click()
    page.get_by_role("button", name=re.compile("^3 learning rates")).click()
    page.wait_for_url(re.compile("series="))
    series = re.search("series=([0-9a-f]+)", page.url)
    assert series
    expect(page.get_by_text("3 learning rates", exact=False).first).to_be_visible()
    expect(page.get_by_text(re.compile("^0 of 3 done"))).to_be_visible()
    # One of them, and back from there.
    page.get_by_role("link", name="learning rate 0.001", exact=True).click()
    page.wait_for_url(lambda url: "series" not in url)
    page.get_by_role("link", name="Part of a series: compare them side by side").click()
    page.wait_for_url(re.compile(series[0]))
    expect(page.get_by_text(re.compile("^0 of 3 done"))).to_be_visible()
    waiting = [one for one in queue.unfinished(root=root) if one != last.id]
    assert len(waiting) == 3
    for job_id in waiting:
        queue.stop(job_id, root=root)

    # By its address alone.
    app.open("train?view=series&series=abc")
    expect(page.get_by_text(re.compile("^2 of 3 done"))).to_be_visible()
    expect(page.get_by_text(re.compile("^Best: "))).to_have_count(0)
    last.save_result(Result("done", model="gone-2"))
    expect(page.get_by_text(re.compile("^Best: "))).to_be_visible()
    expect(page.get_by_text(re.compile("of 3 done"))).to_have_count(0)
    expect(page.locator(".js-plotly-plot")).to_have_count(2)
    for rate in ("0.0005", "0.0015", "0.0045"):
        expect(page.locator(".legendtext", has_text=f"learning rate {rate}").first).to_be_visible()
    app.screenshot("series")
    page.set_viewport_size({"width": 390, "height": 660})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    app.wait_idle()

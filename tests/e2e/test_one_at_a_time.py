"""A visitor's clicks are answered one after the other, however quickly they come.

Pages change what the session keeps of them in callbacks; two at once would take each other's steps.
"""

import shutil

from playwright.sync_api import Page, expect

from tests.serving import ROOT, serve

AT_WORK = """
import time
import streamlit as st

at_work = st.session_state.setdefault("at work", {"now": 0, "most": 0, "done": 0})

def work():
    at_work["now"] += 1
    at_work["most"] = max(at_work["most"], at_work["now"])
    time.sleep(1)
    at_work["now"] -= 1
    at_work["done"] += 1

for name in ("One", "Two", "Three"):
    st.button(name, on_click=work)
st.markdown(f"Done: {at_work['done']}, most at once: {at_work['most']}")
"""


def test_clicks_in_quick_succession_are_not_worked_on_at_once(page: Page, tmp_path):
    script = tmp_path / "at_work.py"
    script.write_text(AT_WORK)
    shutil.copytree(ROOT / ".streamlit", tmp_path / ".streamlit")
    with serve(script, tmp_path / "served") as server:
        page.goto(server.url)
        for name in ("One", "Two", "Three"):
            page.get_by_role("button", name=name).click()
        expect(page.get_by_text("Done: 3, most at once: 1")).to_be_visible()

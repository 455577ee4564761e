"""The door to Digit Lab: how the app is set up, and the list of its pages."""

from pathlib import Path

import streamlit as st

from ui.shell import address

st.set_page_config(
    page_title="Digit Lab",
    page_icon=str(Path(__file__).parent / "ui" / "widgets" / "picture" / "icon.png"),
    layout="wide",
    menu_items={
        "About": "**Digit Lab**: see how a machine learns to read digits. Images: MNIST by "
        "Yann LeCun, Corinna Cortes and Christopher J.C. Burges, CC BY-SA 3.0."
    },
)

page = st.navigation(
    [
        st.Page("pages/home.py", title="Digit Lab", icon=":material/home:", default=True),
        st.Page("pages/browse.py", title="Browse", icon=":material/grid_view:", url_path="browse"),
        st.Page("pages/train.py", title="Train", icon=":material/trending_up:", url_path="train"),
        st.Page("pages/draw.py", title="Draw", icon=":material/draw:", url_path="draw"),
        st.Page(
            "pages/mistakes.py", title="Mistakes", icon=":material/search:", url_path="mistakes"
        ),
    ],
    position="top",
)
address.enter(page.url_path)
page.run()
address.keep()

"""Set up the app, Digit Lab, and run the page that the address names."""

from pathlib import Path

import streamlit as st

from ui.shell import navigation

st.set_page_config(
    page_title="Digit Lab",
    page_icon=str(Path(__file__).parent / "ui" / "widgets" / "themed_picture" / "icon.png"),
    layout="wide",
    menu_items={
        "About": "**Digit Lab**: see how a machine learns to read digits. Images: MNIST by "
        "Yann LeCun, Corinna Cortes and Christopher J.C. Burges, CC BY-SA 3.0."
    },
)

navigation.run()

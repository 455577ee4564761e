"""Run Digit Lab: the page that the address names. The pages are listed in `ui.shell.navigation`.

Streamlit imports this file once, for the server, and runs it for each visitor's page.
"""

import streamlit as st

if __name__ == "__main__":
    from ui.shell import navigation
    from ui.tour import tour

    navigation.run(above=tour.bar)
else:
    from ui.server import app_parts

    app = st.App(__file__, middleware=app_parts.middleware())

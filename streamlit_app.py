"""Run Digit Lab: the page that the address names. The pages are listed in `ui.shell.navigation`.

Streamlit imports this file once, for the server, and runs it for each visitor's page.
"""

import streamlit as st

if __name__ == "__main__":
    from ui.shell import navigation
    from ui.tour import tour
    from ui.visitors import waiting_room

    def above() -> None:
        """Show what stands above every page, unless too many people are here already."""
        waiting_room.let_in()
        tour.bar()

    navigation.run(above=above)
else:
    from ui.server import server_extensions

    app = st.App(__file__, **server_extensions.parts())

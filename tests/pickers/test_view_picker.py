"""What a page shows: its first look, its deeper views, and what an address implies."""

from streamlit.testing.v1 import AppTest

from tests.visiting import address, picks, sent, text


def _page():
    import streamlit as st

    from ui.pickers.view_picker import View, Views, view_picker
    from ui.shell import address

    def show_first(here):
        st.markdown("the first look")

    def show_table(here):
        digit = here.whole_number("digit", 0, 9, default=None, refusal="No {}", instead="all")
        st.markdown(f"the table of {digit}")
        st.button("Another", on_click=lambda: here.choose(digit=None))

    views = Views(
        first=("first", View("First", show_first)),
        deeper={
            "Numbers": {"table": View("Table", show_table, "All in rows.")},
            "Pictures": {"map": View("Map", lambda here: st.markdown("the map"), "All at once.")},
        },
        implied={"digit": "table"},
    )
    here = address.of("test")
    view_picker(here, views, instead="the first look")(here)
    here.finish(st.container())


def _visit(**query):
    app = AppTest.from_function(_page)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def test_the_first_look_comes_first_and_what_is_deeper_below_it():
    app = _visit()
    assert text(app) == "the first look"
    offered = sent(app, "test-view")
    assert offered["chosen"] == 0
    assert [group["title"] for group in offered["groups"]] == ["Numbers", "Pictures"]
    assert offered["groups"][0]["views"][0]["about"] == "All in rows."


def test_a_deeper_view_and_the_way_back():
    app = picks(_visit(), "test-view", 2)
    assert text(app) == "the map"
    assert address(app) == {"view": "map"}
    assert sent(app, "test-view")["chosen"] == 2
    assert text(picks(app, "test-view", 0)) == "the first look"


def test_an_address_without_a_view_opens_the_one_that_it_implies():
    app = _visit(digit="4")
    assert text(app) == "the table of 4"
    assert address(app) == {"view": "table", "digit": "4"}


def test_an_implied_view_stays_open_when_what_implied_it_is_taken_back():
    app = _visit(digit="4")
    app.button[0].click().run()
    assert text(app) == "the table of None"
    assert address(app) == {"view": "table"}


def test_the_way_back_from_an_implied_view():
    app = picks(_visit(digit="4"), "test-view", 0)
    assert text(app) == "the first look"


def test_an_address_that_names_its_view_implies_no_other():
    assert text(_visit(view="map", digit="4")) == "the map"
    app = _visit(view="<b>", digit="4")
    assert text(app).startswith("the first look")
    assert "There is no such view; showing the first look." in text(app)

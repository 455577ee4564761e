"""The bar above the pages, and the button that begins the tour."""

from dataclasses import replace

from streamlit.components.v2.bidi_component.main import _make_trigger_id

from tests.visiting import address, has, picks, sent, visit
from ui.tour.progress import STOPS, Progress
from ui.widgets.canvas.strokes import Drawing, Stroke


def press(app, button):
    """Press a button of the bar."""
    (bar,) = (one for one in app.get("bidi_component") if one.key == "tour-bar")
    widgets = app._tree.get_widget_states()
    said = f'[{{"event": "{button}", "value": true}}]'
    widgets.widgets.add(id=_make_trigger_id(bar.proto.id, "events"), json_trigger_value=said)
    return app._run(widgets)


def started():
    app = visit()
    assert not has(app, "tour-bar")
    return app.button(key="tour-start").click().run()


def test_it_begins_on_home_and_shows_what_to_do():
    bar = sent(started(), "tour-bar")
    assert (bar["count"], bar["done"], bar["go"]) == (f"1 of {STOPS}", False, "")
    assert "Write a digit." in bar["words"]


def test_on_another_page_it_leads_to_its_stop():
    app = started()
    app.switch_page("pages/questions.py").run()
    assert sent(app, "tour-bar")["go"] == "Go there"
    app = press(app, "go")
    assert app.title[0].value == "How does a machine learn to read?"


def test_it_goes_on_when_it_has_seen_the_task_done():
    app = started()
    assert app.session_state["tour/progress"].stop == 0
    app.session_state["tour/progress"] = app.session_state["tour/progress"].next()
    app.switch_page("pages/draw.py").run()
    assert not sent(app, "tour-bar")["done"]
    # What comes into the address later than a moment after the arrival was chosen by the visitor.
    progress = app.session_state["tour/progress"]
    app.session_state["tour/progress"] = replace(progress, arrived=progress.arrived - 9)
    app.query_params["model"] = "mlp-784"
    app.run()
    bar = sent(app, "tour-bar")
    assert (bar["done"], bar["go"]) == (True, "Next: see what they learned from")
    assert press(app, "go").title[0].value == "What is in MNIST?"


def test_the_last_stop_is_a_view_and_done_when_somebody_has_tried(monkeypatch):
    app = started()
    app.session_state["tour/progress"] = Progress(STOPS - 1, active=True)
    app.switch_page("pages/draw.py").run()
    assert sent(app, "tour-bar")["go"] == "Go there"
    app = press(app, "go")
    assert address(app)["view"] == "fool"
    assert sent(app, "tour-bar")["go"] == ""
    drawing = Drawing((Stroke(20, (("M", 60, 60), ("L", 60, 240))),))
    monkeypatch.setattr("ui.widgets.canvas.canvas.current_drawing", lambda name: drawing)
    progress = app.session_state["tour/progress"]
    app.session_state["tour/progress"] = replace(progress, arrived=progress.arrived - 9)
    # The network cannot be fooled before it is said which digit this is to be.
    assert not sent(app.run(), "tour-bar")["done"]
    assert sent(picks(app, "fool-meant", 1), "tour-bar")["go"] == "Next: what people ask"


def test_it_is_left_and_taken_up_again():
    app = started()
    app.session_state["tour/progress"] = app.session_state["tour/progress"].next()
    app.run()
    app = press(app, "leave")
    assert not has(app, "tour-bar")
    app.switch_page("pages/home.py").run()
    assert app.button(key="tour-start").label == f"Go on with the tour (2 of {STOPS})"
    app.button(key="tour-start").click().run()
    assert app.title[0].value == "Can it read yours?"
    assert sent(app, "tour-bar")["count"] == f"2 of {STOPS}"


def test_at_the_end_it_leads_to_questions_and_can_be_begun_anew():
    app = started()
    for _ in range(STOPS):
        app.session_state["tour/progress"] = app.session_state["tour/progress"].next()
    app.run()
    app = press(app, "go")
    assert app.title[0].value == "What do people ask?"
    assert sent(app, "tour-bar")["go"] == ""
    app = press(app, "leave")
    app.switch_page("pages/home.py").run()
    assert app.button(key="tour-start").label == "Show me, 5 minutes"

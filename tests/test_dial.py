"""The dial of "Why?": its sliders are given a value only when they have another one."""

from tests.visiting import visit

KEYS = ("dial-turn", "dial-right", "dial-down", "dial-size")


def _given(app):
    return [key for key in KEYS if app.slider(key=key).proto.set_value]


def test_new_sliders_and_sliders_at_rest_are_left_alone():
    app = visit("mistakes", view="why", model="mlp-784", index="8")
    assert [app.slider(key=key).value for key in KEYS] == [0, 0, 0, 1]
    assert _given(app) == []
    app.number_input(key="mistakes-index").set_value(9).run()
    assert _given(app) == []


def test_only_what_was_moved_is_put_back():
    app = visit("mistakes", view="why", model="mlp-784", index="8")
    app.slider(key="dial-right").set_value(3).run()
    app.number_input(key="mistakes-index").set_value(9).run()
    assert app.slider(key="dial-right").value == 0
    assert _given(app) == ["dial-right"]


def test_who_comes_back_finds_the_image_as_it_is():
    app = visit("mistakes", view="why", model="mlp-784", index="8")
    app.slider(key="dial-right").set_value(3).run()
    for view in ("matrix", "why"):
        app.query_params["view"] = view
        app.run()
    assert not app.exception
    assert app.slider(key="dial-right").value == 0

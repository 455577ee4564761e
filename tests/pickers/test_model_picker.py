"""Choosing a network: the best first, the choice in the address, broken ones named."""

import shutil

import pytest
from streamlit.testing.v1 import AppTest

from mnist_core.models import handwriting_accuracy, store
from tests.visiting import address


def _page():
    import streamlit as st

    from ui.pickers.model_picker import model_picker
    from ui.shell import address

    here = address.of("here")
    st.write(f"chosen: {model_picker(here).name}")
    here.finish(st.container())


def _page_of_drawings():
    import streamlit as st

    from ui.pickers.model_picker import model_picker
    from ui.shell import address

    here = address.of("here")
    st.write(f"chosen: {model_picker(here, for_drawings=True).name}")
    here.finish(st.container())


def _visit(page=_page, **query):
    app = AppTest.from_function(page, default_timeout=120)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def test_the_best_is_first_and_chosen():
    app = _visit()
    best = max(store.list_models(), key=lambda card: card.test_accuracy)
    assert app.markdown[0].value == f"chosen: {best.name}"
    first = app.selectbox[0].options[0]
    assert best.name in first
    assert "the best" in first
    assert f"{best.test_accuracy * 100:.2f}%" in first
    assert not [option for option in app.selectbox[0].options[1:] if "the best" in option]
    assert address(app) == {}


def test_for_drawings_the_first_is_the_one_that_reads_most_of_them():
    app = _visit(_page_of_drawings)
    hands = handwriting_accuracy.load()
    best = max(hands, key=lambda name: hands[name].prepared)
    assert app.markdown[0].value == f"chosen: {best}"
    first, *others = app.selectbox[0].options
    assert first.endswith("reads drawings best")
    assert not [option for option in others if "best at" in option or ", the best" in option]
    assert sorted(others, reverse=True) == others
    assert len(others) + 1 == len(store.list_models())


def test_every_network_is_there_by_its_accuracy():
    shown = [float(option.split("%")[0]) for option in _visit().selectbox[0].options]
    assert len(shown) == len(store.list_models())
    assert shown == sorted(shown, reverse=True)


def test_the_choice_goes_into_the_address_and_comes_from_it():
    app = _visit()
    app.selectbox[0].set_value("mlp-784").run()
    assert app.markdown[0].value == "chosen: mlp-784"
    assert address(app) == {"model": "mlp-784"}
    assert _visit(model="mlp-784").markdown[0].value == "chosen: mlp-784"


@pytest.mark.parametrize("name", ["", "..", "no-such-network", "<script>alert(1)</script>"])
def test_an_unknown_name_is_the_best_one_and_a_sentence(name):
    app = _visit(model=name)
    assert not app.exception
    assert app.info[0].value.startswith("There is no network of that name; showing the best one")


def test_what_people_trained_is_marked(models_directory):
    shutil.copytree(store.SHIPPED / "mlp-784", models_directory / "mlp-784-run-1")
    (option,) = (one for one in _visit().selectbox[0].options if "mlp-784-run-1" in one)
    assert "trained here" in option


@pytest.mark.parametrize("card", [None, b"", b"{", b"\xff\xfe"])
def test_a_broken_card_is_a_sentence_and_not_a_choice(models_directory, card):
    folder = models_directory / "mine"
    shutil.copytree(store.SHIPPED / "mlp-784", folder)
    if card is None:
        (folder / store.CARD).unlink()
    else:
        (folder / store.CARD).write_bytes(card)
    app = _visit()
    assert not app.exception
    assert "mine" in app.warning[0].value
    assert not [option for option in app.selectbox[0].options if "mine" in option]

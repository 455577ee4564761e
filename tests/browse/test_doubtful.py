"""Browse, doubtful labels: guess before you are told; all of them, ranked."""

from base64 import b64decode

import numpy as np
import pytest

from mnist_core.data import dataset, doubtful_labels
from mnist_core.data.guesses import Guesses
from mnist_core.models import store
from tests.visiting import address, has, picks, sent, text, visit


def _press(app, title):
    (button,) = (button for button in app.button if button.label == title)
    return button.click().run()


def _shown(app):
    return np.frombuffer(b64decode(sent(app, "guess")["values"]), np.uint8).reshape(28, 28)


def test_element_500_is_the_first_to_guess_and_its_label_is_not_told():
    app = visit("browse", view="doubtful")
    assert not app.exception
    assert np.array_equal(_shown(app), dataset.load("train").images[500])
    assert "What would you say this is?" in text(app)
    assert "Labelled" not in text(app)
    assert sent(app, "guess")["alternative"] == "A digit to guess"


def test_after_the_guess_come_label_networks_and_what_others_guessed(models_directory):
    before = Guesses(models_directory, (500,))
    for digit in (3, 3, 5):
        before.add(500, digit)
    app = _press(visit("browse", view="doubtful"), "2")
    assert not app.exception
    said = text(app)
    assert "Labelled 3: you guessed 2" in said
    assert f"number {doubtful_labels.load().rank(500)} of 60,000 in doubt" in said
    for card in store.list_models():
        assert card.recipe.title in said
    assert "Visitors of this server, including you: 2 said **3**, " in said
    assert "(4 guesses in all)" in said
    assert before.counts(500)[[2, 3, 5]].tolist() == [1, 2, 1]


def test_the_next_image_and_back_to_a_guess_already_made():
    app = _press(visit("browse", view="doubtful"), "3")
    assert "Labelled 3: as you guessed" in text(app)
    app = _press(app, "Next image")
    assert address(app)["guess"] == "2"
    assert "What would you say this is?" in text(app)
    most = int(doubtful_labels.load().order[0])
    assert np.array_equal(_shown(app), dataset.load("train").images[most])
    assert "Labelled 3: as you guessed" in text(_press(app, "Previous image"))


def test_the_gallery_tells_no_label_before_the_guess():
    app = _press(visit("browse", view="doubtful"), "3")
    gallery = sent(app, "doubtful")
    # The two hundred most doubtful are to be guessed; nothing of them is told.
    assert set(gallery["captions"]) == {"guess\nfirst"}
    assert "labelled" not in " ".join(gallery["alternatives"])
    app = _press(_press(app, "Next image"), "7")
    assert sent(app, "doubtful")["captions"][:2] == ["4, or 7?\n< 0.1%", "guess\nfirst"]


def test_a_tile_that_is_to_be_guessed_is_asked_for_and_another_is_opened():
    app = picks(visit("browse", view="doubtful"), "doubtful", 3)
    assert address(app)["guess"] == "5"
    element = int(doubtful_labels.load().order[3])
    assert np.array_equal(_shown(app), dataset.load("train").images[element])
    app = picks(_press(app, "1"), "doubtful", 3)
    assert address(app)["index"] == str(element)


def test_a_guess_that_cannot_be_kept_is_a_sentence(models_directory):
    models_directory.write_text("a file, not a directory")
    app = _press(visit("browse", view="doubtful"), "3")
    assert not app.exception
    assert "Labelled 3: as you guessed" in text(app)
    assert "Your guess could not be counted" in text(app)
    assert "Your guess could not be counted" not in text(app.run())


def test_the_most_doubtful_of_all_and_the_rank_of_element_500():
    app = visit("browse", view="doubtful")
    app.toggle[0].set_value(True).run()
    ranking = doubtful_labels.load()
    assert f"Element 500, which a tutorial wondered about, is number {ranking.rank(500)}" in text(
        app
    )
    first = int(ranking.order[0])
    gallery = sent(app, "doubtful")
    assert gallery["alternatives"][0].startswith(f"Element {first}, labelled 4, number 1 in doubt")
    assert gallery["captions"][0] == "4, or 7?\n< 0.1%"
    assert len(gallery["captions"]) == 60


def test_the_most_doubtful_of_one_digit_page_by_page():
    app = visit("browse", view="doubtful", digit="9", page="2")
    found = doubtful_labels.load().most_doubtful(dataset.load("train"), 9)[60:120]
    said = sent(app, "doubtful")["alternatives"]
    assert [one.split(",")[0] for one in said] == [f"Element {element}" for element in found]
    assert address(app)["page"] == "2"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"guess": "0"}, "There is no image 0 to guess; showing the first one."),
        ({"guess": "999999"}, "There is no image 999999 to guess"),
        ({"guess": "<script>"}, "The address should give one whole number for “guess”"),
        ({"page": "21"}, "There is no page 21; showing page 1."),
        ({"digit": "x"}, "The address should give one whole number for “digit”"),
    ],
)
def test_an_address_that_cannot_be_had_gives_the_page_and_a_sentence(query, sentence):
    app = visit("browse", view="doubtful", **query)
    assert not app.exception
    assert app.info[0].value.startswith(sentence)
    assert has(app, "doubtful")

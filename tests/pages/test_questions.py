"""The page Questions."""

from tests.visiting import address, text, visit


def test_nothing_is_open_at_first():
    app = visit("questions")
    assert not app.exception
    assert len(app.expander) == 12
    assert "1,135" not in text(app)
    assert address(app) == {}


def test_the_address_opens_a_question_with_its_answer_and_its_experiment():
    app = visit("questions", question="stuck")
    assert "1,135 show a 1" in text(app)
    *_, link = app.get("page_link")
    assert link.proto.label.startswith("Train it with a learning rate of 10 (about ")
    assert address(app) == {"question": "stuck"}


def test_an_unknown_question_is_a_sentence():
    app = visit("questions", question="life")
    assert "There is no such question; showing all of them." in text(app)
    assert address(app) == {}

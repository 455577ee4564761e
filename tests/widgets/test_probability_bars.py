"""Ten bars: the figures, the words, and what is refused."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from streamlit.testing.v1 import AppTest


def chances(**given: float) -> NDArray[np.float32]:
    """Probabilities by digit, such as _7=0.9; the rest is shared by the others."""
    known = {int(name[1:]): chance for name, chance in given.items()}
    rest = (1 - sum(known.values())) / (10 - len(known))
    return np.array([known.get(digit, rest) for digit in range(10)], np.float32)


@pytest.fixture
def bars(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The module, imported where Streamlit has found the components; what its bars are given."""
    assert (
        not AppTest.from_string(
            "import ui.widgets.probability_bars.probability_bars, ui.widgets.answer.answer"
        )
        .run()
        .exception
    )
    from ui.widgets.probability_bars import probability_bars

    given: list[dict[str, Any]] = []
    monkeypatch.setattr(probability_bars, "_BARS", lambda **arguments: given.append(arguments))
    monkeypatch.setattr(probability_bars, "given", given, raising=False)
    return probability_bars


def test_the_bars_get_percentages_the_prediction_and_the_finding(bars: Any) -> None:
    bars.probability_bars(chances(_7=0.92, _1=0.06), key="some")
    (given,) = bars.given
    data = given["data"]
    assert given["key"] == "some"
    assert data["predicted"] == 7
    assert data["label"] is None
    assert data["chances"][7] == pytest.approx(0.92, abs=1e-4)
    assert (data["percentages"][7], data["percentages"][1], data["percentages"][0]) == (
        "92%",
        "6%",
        "< 1%",
    )
    assert data["finding"].startswith("The network says 7 92%; then 1 6%, ")


def test_the_label_is_said_in_words(bars: Any) -> None:
    bars.probability_bars(chances(_6=0.7, _5=0.3), label=5)
    (given,) = bars.given
    assert given["data"]["label"] == 5
    assert given["data"]["finding"].endswith("The image is labelled 5, which it gives 30%.")


def test_what_is_no_digit_has_grey_bars_that_say_so(bars: Any) -> None:
    bars.probability_bars(chances(_7=0.99), is_digit=False)
    data = bars.given[0]["data"]
    assert data["forced"]
    assert data["title"] == "If it had to choose"
    assert data["finding"].startswith("If it had to choose, the network would say 7 99%; then ")
    bars.probability_bars(chances(_7=0.99))
    assert not bars.given[1]["data"]["forced"]
    assert bars.given[1]["data"]["title"] == ""


def test_nothing_to_read_is_ten_empty_bars_and_an_invitation(
    bars: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ui.widgets.answer import answer

    bars.probability_bars(None)
    assert bars.given[0]["data"]["chances"] == [0] * 10
    assert bars.given[0]["data"]["predicted"] is None
    monkeypatch.setattr(answer, "_ANSWER", lambda **arguments: bars.given.append(arguments))
    answer.show_answer(None)
    assert bars.given[1]["data"]["reading"] == ""
    assert "Draw a digit" in bars.given[1]["data"]["certainty"]


@pytest.mark.parametrize(
    "wrong",
    [np.ones(9) / 9, np.ones((1, 10)) / 10, np.full(10, np.nan), np.full(10, -0.1), [2.0] * 10, []],
)
def test_anything_but_ten_probabilities_is_refused(bars: Any, wrong: Any) -> None:
    with pytest.raises(ValueError, match="ten probabilities"):
        bars.probability_bars(wrong)
    assert bars.given == []


@pytest.mark.parametrize(
    ("probabilities", "reading", "certainty"),
    [
        (chances(_7=0.92), "a 7", "92% sure"),
        (chances(_7=0.88, _1=0.12), "a 7", "88% sure, or maybe a 1"),
        (chances(_8=0.999), "an 8", "> 99% sure"),
        (chances(_7=0.6, _1=0.3), "a 7?", "not sure: maybe a 7, maybe a 1"),
        (chances(_8=0.75), "an 8?", "not sure: maybe an 8"),
        (chances(_4=0.45, _9=0.3, _8=0.2), "a 4?", "not sure: maybe a 4, maybe a 9"),
        (chances(_3=0.1001), "a 3?", "not sure: maybe a 3"),
    ],
)
def test_the_answer_says_how_sure_it_is(
    bars: Any, probabilities: NDArray[np.float32], reading: str, certainty: str
) -> None:
    from ui.widgets.answer.answer import Answer, in_words

    assert in_words(probabilities) == Answer(reading, certainty)

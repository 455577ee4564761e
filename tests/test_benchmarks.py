"""Every promise has a script and a figure, and the README says what was measured."""

import json
import re

import pytest

from benchmarks import idle_machine, table
from benchmarks.measuring import Comparison, alternate


def test_pages_say_what_was_measured() -> None:
    for page in table.PAGES:
        assert page.read_text("utf-8") == table.filled(page.read_text("utf-8"))
    text = table.README.read_text("utf-8")
    for name in table.ORDER:
        script = json.loads((table.RESULTS / f"{name}.json").read_text("utf-8")).get("script", name)
        assert f"benchmarks.{script}`" in text


@pytest.mark.parametrize("name", table.ORDER)
def test_a_result_says_whether_its_promise_is_kept(name: str) -> None:
    result = json.loads((table.RESULTS / f"{name}.json").read_text("utf-8"))
    assert result["kept"] == (result["figure"] <= result["bar"])


def test_results_name_no_place() -> None:
    files = list(table.RESULTS.glob("*.json"))
    assert {file.stem for file in files} == {*table.ORDER, *table.OTHERS}
    for file in files:
        assert not re.search(r"/(home|root|tmp|work|usr)/|[A-Z]:\\\\", file.read_text("utf-8"))


def test_alternate_changes_the_order_and_leaves_out_the_warm_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("benchmarks.measuring.undisturbed", lambda measure: measure())
    calls: list[str] = []
    ours, theirs = iter([9.0, 2.0, 4.0]), iter([1.0, 1.0, 2.0])

    def measure_ours() -> float:
        calls.append("ours")
        return next(ours)

    def measure_theirs() -> float:
        calls.append("theirs")
        return next(theirs)

    comparison = alternate(measure_ours, measure_theirs, rounds=2)
    assert calls == ["ours", "theirs", "ours", "theirs", "theirs", "ours"]
    assert comparison == Comparison(ours=(2.0, 4.0), theirs=(1.0, 2.0))
    assert comparison.ratio == 2.0


def test_what_others_disturb_is_measured_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idle_machine, "_LOOK_SECONDS", 0)
    shares = iter([0.9, 0.0, 0.9, 0.0, 0.1])  # busy, quiet; measured, disturbed; quiet, measured
    monkeypatch.setattr(idle_machine, "_share", lambda before, began: next(shares))
    figures = iter([1, 2])
    assert idle_machine.undisturbed(lambda: next(figures)) == 2

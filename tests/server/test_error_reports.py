import inspect
import json
import logging
from typing import Any

import pytest
import streamlit as st
from streamlit.runtime.state import session_state
from streamlit.testing.v1 import AppTest

from mnist_core.system import events
from ui.server.error_reports import ErrorReports, described, is_of_browser

ERROR_REPORTS = inspect.getfile(ErrorReports)


def failed(message: str = "no", kind: type[Exception] = ValueError) -> Exception:
    try:
        raise kind(message)
    except kind as error:
        return error


def recorded(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    return [events.facts_of(one) for one in caplog.records if one.name == events.LOGGER.name]


def test_the_log_has_the_number_that_the_visitor_is_told(caplog: pytest.LogCaptureFixture) -> None:
    reports = ErrorReports()
    with caplog.at_level(logging.INFO, events.LOGGER.name):
        number = reports.note(failed(), "draw")
    (facts,) = recorded(caplog)
    assert (facts["id"], facts["kind"], facts["page"]) == (number, "ValueError", "draw")
    assert "test_error_reports.py" in facts["traceback"]
    assert json.dumps(facts)
    assert [one.id for one in reports.seen] == [number]


def test_what_redraws_itself_is_recorded_once_a_minute(caplog: pytest.LogCaptureFixture) -> None:
    now = [0.0]
    reports = ErrorReports(now=lambda: now[0])
    error = failed()
    with caplog.at_level(logging.INFO, events.LOGGER.name):
        numbers = {reports.note(error, "") for _ in range(9)}
        now[0] = 61.0
        numbers.add(reports.note(error, ""))
    assert len(numbers) == len(recorded(caplog)) == 2
    assert reports.count == 10


@pytest.mark.parametrize(
    "said", ["'Anna Meier'", '"Anna\n  Meier"', "“Anna”", "0123456789abcdef" * 2, "192168001001"]
)
def test_nothing_that_a_visitor_wrote_is_recorded(said: str) -> None:
    text = described(failed(f"There is no network {said}."))
    assert "ValueError: There is no network" in text
    assert said.strip("'\"“”")[:9] not in text


def test_many_errors_take_little_memory() -> None:
    reports = ErrorReports()
    for number in range(300):
        reports.note(failed(kind=type(f"Error{number}", (Exception,), {})), "")
    assert len(reports.seen) == 100
    assert reports.count == 300


def test_a_visitor_sees_a_sentence_and_may_try_again() -> None:
    def page() -> None:
        from streamlit.runtime.scriptrunner import get_script_run_ctx

        from ui.server.error_reports import ErrorReports

        context = get_script_run_ctx()
        assert context is not None
        context.on_script_error = ErrorReports().report
        raise KeyError("Anna")

    app = AppTest.from_function(page).run()
    assert not app.exception
    assert "written down as error" in app.error[0].value
    assert "Anna" not in app.error[0].value
    assert app.button[0].label == "Try again"


def raised_in(file: str, kind: str) -> Exception:
    found: dict[str, Any] = {}
    exec(compile(f"def act(): raise {kind}('x')", file, "exec"), found)
    with pytest.raises((TypeError, KeyError, ValueError, RuntimeError)) as raised:
        found["act"]()
    return raised.value


@pytest.mark.parametrize("kind", ["TypeError", "KeyError", "ValueError"])
def test_a_value_that_no_browser_sends_is_no_mistake_of_ours(
    kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    error = raised_in(str(session_state.__file__), kind)
    assert is_of_browser(error)
    assert not is_of_browser(raised_in(__file__, kind))
    assert not is_of_browser(raised_in(str(session_state.__file__), "RuntimeError"))


def test_what_our_script_asks_of_the_session_in_vain_is_one() -> None:
    with pytest.raises(KeyError) as raised:
        exec(
            compile("st.session_state['nobody put this here']", str(ERROR_REPORTS), "exec"),
            {"st": st},
        )
    assert not is_of_browser(raised.value)

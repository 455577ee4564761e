from typing import Any
from unittest.mock import Mock

import pytest

from ui.shell import lost_session, visitor

CODE = "0123456789abcdef" * 2


@pytest.fixture
def begin_visit(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Begins a visit with these cookies."""

    def begin(**cookies: str) -> None:
        context = Mock(cookies={name.replace("_", "-"): said for name, said in cookies.items()})
        context.headers = {}
        for module in (visitor, lost_session):
            monkeypatch.setattr(module, "st", Mock(session_state={}, context=context))

    return begin


def test_a_browser_is_known_by_its_cookie(begin_visit: Any) -> None:
    begin_visit(digit_lab_visitor=CODE)
    assert visitor.code() == CODE


@pytest.mark.parametrize("said", [None, "", "../../x", "A" * 32, "0" * 1_000_000])
def test_without_a_valid_cookie_each_visit_has_its_own_code(begin_visit: Any, said: Any) -> None:
    codes = []
    for _ in range(2):
        begin_visit(**({} if said is None else {"digit_lab_visitor": said}))
        codes.append(visitor.code())
        assert visitor.code() == codes[-1]
    assert codes[0] != codes[1]
    assert all(map(visitor.is_code, codes))


def test_what_is_written_down_does_not_give_the_code_away(begin_visit: Any) -> None:
    begin_visit(digit_lab_visitor=CODE)
    assert visitor.owner() == visitor.owner()
    assert CODE not in visitor.owner()

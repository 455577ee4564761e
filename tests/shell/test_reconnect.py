"""A session that is taken up again, with Streamlit's own manager of sessions."""

import asyncio
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession, AppSessionState
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner, ScriptRunnerEvent
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
from streamlit.runtime.session_manager import SessionInfo, SessionStorage
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

from tests.visiting import visit
from ui.shell import reconnect


def element_at(place: int) -> ForwardMsg:
    message = ForwardMsg()
    message.metadata.delta_path.extend([0, place])
    message.delta.new_element.markdown.body = "behind what was lost"
    return message


def test_what_was_left_to_send_is_not_sent_after_a_reconnect():
    queue = ForwardMsgQueue()
    session = Mock(spec=AppSession, id="lost", flush_browser_queue=queue.flush)
    storage = Mock(spec=SessionStorage)
    storage.get.return_value = SessionInfo(client=None, session=session, script_run_count=1)
    for _ in range(2):
        reconnect.forget_unsent_on_reconnect()
    manager = WebsocketSessionManager(storage, Mock(), Mock(), None)

    queue.enqueue(element_at(7))
    assert manager.connect_session(Mock(), Mock(), {}, "lost") == "lost"
    assert queue.is_empty()
    # What the run that follows says is sent.
    queue.enqueue(element_at(0))
    assert len(queue) == 1


def test_a_new_session_begins_with_the_whole_page_whatever_it_hears_first(monkeypatch):
    asked = []
    monkeypatch.setattr(
        AppSession, "request_rerun", lambda _, state: asked.append(state.fragment_id)
    )
    reconnect.begin_with_whole_page.__wrapped__()
    one, other = AppSession.__new__(AppSession), AppSession.__new__(AppSession)
    # A session that never began has nothing to end.
    monkeypatch.setattr(AppSession, "__del__", lambda _: None)
    for session in (one, one, other):
        session.request_rerun(ClientState(fragment_id="the stage"))
    assert asked == ["", "the stage", ""]


def test_every_page_refreshes_something_or_a_browser_that_comes_back_asks_for_nothing(monkeypatch):
    asked, enqueue = list[float](), ScriptRunContext.enqueue

    def note(context: ScriptRunContext, message: ForwardMsg) -> None:
        if message.WhichOneof("type") == "auto_rerun":
            asked.append(message.auto_rerun.interval)
        enqueue(context, message)

    monkeypatch.setattr(ScriptRunContext, "enqueue", note)
    assert not visit("questions").exception
    # Rarely; but browsers cannot wait for longer than 2^31 milliseconds.
    assert asked == [24 * 3600]


def test_a_late_request_of_the_last_page_does_not_begin_that_page_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run: list[RerunData] = []
    monkeypatch.setattr(ScriptRunner, "_run_script", lambda _self, data: run.append(data))
    reconnect.keep_page_at_late_requests.__wrapped__()
    runner: Any = SimpleNamespace(
        _get_script_run_ctx=lambda: SimpleNamespace(page_script_hash="present")
    )
    late = RerunData(fragment_id_queue=["of the last page"], page_script_hash="last")
    ScriptRunner._run_script(runner, late)
    opening = RerunData(page_script_hash="next")
    ScriptRunner._run_script(runner, opening)
    assert [data.page_script_hash for data in run] == ["present", "next"]
    assert run[0].fragment_id_queue == late.fragment_id_queue


@pytest.mark.parametrize("meanwhile", ["nothing", "the whole page", "the end"])
def test_what_a_run_has_sent_is_handled_before_a_part_of_the_page_runs(
    monkeypatch: pytest.MonkeyPatch, meanwhile: str
) -> None:
    heard, begun = list[bool](), list[object]()

    def create(session: Any, data: RerunData) -> None:
        begun.append(data)
        session._scriptrunner = Mock()

    def handle(session: Any, sender: object, *_: object) -> None:
        # Streamlit ignores what another than the present runner says.
        heard.append(sender is session._scriptrunner)

    monkeypatch.setattr(AppSession, "__del__", lambda _: None)
    monkeypatch.setattr(AppSession, "_create_scriptrunner", create)
    monkeypatch.setattr(AppSession, "_handle_scriptrunner_event_on_event_loop", handle)
    reconnect.hear_runs_to_their_end.__wrapped__()
    session: Any = AppSession.__new__(AppSession)
    ended, part = Mock(), RerunData(fragment_id="the stage")
    session._scriptrunner, session._state = ended, AppSessionState.APP_IS_RUNNING

    async def visit_page() -> None:
        session._event_loop = asyncio.get_running_loop()
        session._on_scriptrunner_event(ended, ScriptRunnerEvent.SCRIPT_STOPPED_WITH_SUCCESS)
        session._create_scriptrunner(part)
        if meanwhile == "the whole page":
            session._scriptrunner = None
            session._create_scriptrunner(RerunData())
        elif meanwhile == "the end":
            session._state = AppSessionState.SHUTDOWN_REQUESTED
        await asyncio.sleep(0)

    asyncio.run(visit_page())
    if meanwhile == "nothing":
        assert (heard, begun) == ([True], [part])
    elif meanwhile == "the whole page":
        # It sends all again, and then the part runs.
        assert begun == [RerunData()]
        session._scriptrunner.request_rerun.assert_called_once_with(part)
    else:
        assert begun == []

"""A page stays whole, however late a message comes, and comes back whole once it was cut off."""

from dataclasses import replace
from functools import cache, wraps
from weakref import WeakSet

import streamlit as st
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession, AppSessionState
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

_A_DAY = 24 * 3600.0


@cache
def forget_unsent_on_reconnect() -> None:
    """Have sessions that are taken up again begin with nothing left to send; once a process.

    What was under way when the connection was lost never arrives. Streamlit 1.67 then sends what
    was still waiting: parts of a page that lie behind others the browser has never had. It cannot
    place them ("Bad delta path index") and leaves the page blank for good. Left out, nothing is
    missing: a browser that was waiting for a page asks for all of it once it is back.
    """
    connect = WebsocketSessionManager.connect_session

    @wraps(connect)
    def connect_session(self: WebsocketSessionManager, *args: object, **kwargs: object) -> str:
        session_id = connect(self, *args, **kwargs)  # type: ignore[arg-type]
        if found := self.get_active_session_info(session_id):
            found.session.flush_browser_queue()
        return session_id

    WebsocketSessionManager.connect_session = connect_session  # type: ignore[method-assign]


@st.fragment(run_every=_A_DAY)
def ask_for_page_on_return() -> None:
    """Have a browser that comes back ask for its page; to be called in each run of a whole page.

    Streamlit 1.67 lets it ask only where it waits for an answer, where the last run was of a
    fragment, or where something on the page refreshes itself. Elsewhere it shows a page that the
    server may not know any more: of the first press of a button, only the value arrives, and
    whatever the button does in its callback is not done. So this refreshes itself, once a day.
    """


@cache
def begin_with_whole_page() -> None:
    """Have a new session's first run be of the whole page; once a process.

    A browser that comes back to a server which does not know it asks for the whole page only where
    the last run was of a fragment. Else the first that a new session hears is what a visitor does
    in a fragment that it does not know, and Streamlit 1.67 says nothing to that, ever after.
    """
    request, begun = AppSession.request_rerun, WeakSet[AppSession]()

    @wraps(request)
    def request_rerun(self: AppSession, client_state: ClientState | None) -> None:
        if client_state is not None and self not in begun:
            client_state.fragment_id = ""
        begun.add(self)
        request(self, client_state)

    AppSession.request_rerun = request_rerun  # type: ignore[method-assign]


@cache
def keep_page_at_late_requests() -> None:
    """Have what a part of the last page asks for late change nothing on the present one.

    A stroke, say, is reported in the moment in which another page is opened, and names the page
    that it was drawn on. Streamlit 1.67 then tells the browser that this page begins; the browser
    clears the present one, and nothing follows, as the part is gone: the page stays blank.
    """
    run = ScriptRunner._run_script

    @wraps(run)
    def run_script(self: ScriptRunner, rerun_data: RerunData) -> None:
        shown = self._get_script_run_ctx().page_script_hash
        if rerun_data.fragment_id_queue and shown and shown != rerun_data.page_script_hash:
            rerun_data = replace(rerun_data, page_script_hash=shown)
        run(self, rerun_data)

    ScriptRunner._run_script = run_script  # type: ignore[method-assign]


@cache
def hear_runs_to_their_end() -> None:
    """Have all that a run has sent reach the browser before the next run begins; once a process.

    A run has ended, and its last messages wait to be handled, when a part of the page asks to run.
    Streamlit 1.67 makes another runner at once, and from then on ignores what the one before has
    said: on a busy server a browser gets half of a page now and then, on which nothing refreshes
    itself any more. (Where the whole page is asked for, nothing is missing: it is sent again.)
    """
    create = AppSession._create_scriptrunner

    @wraps(create)
    def create_scriptrunner(self: AppSession, initial_rerun_data: RerunData) -> None:
        ended = self._scriptrunner
        if ended is None:
            create(self, initial_rerun_data)
            return

        def begin() -> None:
            runner = self._scriptrunner
            if self._state is AppSessionState.SHUTDOWN_REQUESTED:
                return
            if runner is None or runner is ended:
                create(self, initial_rerun_data)
            elif not runner.request_rerun(initial_rerun_data):
                # Another one has begun meanwhile, and ended.
                create_scriptrunner(self, initial_rerun_data)

        # Behind what the run that has ended had put there.
        self._event_loop.call_soon(begin)

    AppSession._create_scriptrunner = create_scriptrunner  # type: ignore[method-assign]

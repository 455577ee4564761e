"""What a visit remembers even if the server forgets it: choices, games, a drawing, a training.

A session lives in the memory of one web process. It is gone when that process ends, or two minutes
after the connection was lost (a phone that sleeps). The browser then gets a new session, but still
shows the page of the old one, whose id it sends along: under that id, which nobody else knows, the
server keeps small files for an hour (`mnist_core.system.hourly_files`).

    _MEANT = Remembered("fool/meant", int | None, None)
    _MEANT.set(7)
    meant = _MEANT.get()
"""

import json
import re
import time
from contextlib import suppress
from typing import Any, Generic, TypeVar, cast

import msgspec
import numpy as np
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from mnist_core.models import store
from mnist_core.system.hourly_files import HourlyFiles, TooLarge

Kind = TypeVar("Kind")

_SESSION_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_BEGAN, _TOUCHED = "visit/began", "visit/touched"
_PREVIOUS, _CONTINUED = "visit/previous", "visit/continued"
_TOUCH_SECONDS = 300.0


class Remembered(Generic[Kind]):
    """A value of this visit, kept in the session and on the disk.

    Args:
        name: in the session; the file has it with hyphens.
        kind: its type, of what msgspec can write as JSON, and arrays.
        default: before it is set. It is never written.
    """

    def __init__(self, name: str, kind: Any, default: Kind) -> None:
        self.name = name
        self._file = re.sub(r"[^a-z0-9]+", "-", name)
        self._decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(kind, dec_hook=_from_json)
        self._default = default

    def get(self) -> Kind:
        """The value: this session's, or that of the lost one which it continues, or the default."""
        if self.name not in st.session_state:
            found = self.recovered()
            if found is self._default:
                return self._default
            st.session_state[self.name] = found
        return cast("Kind", st.session_state[self.name])

    def set(self, value: Kind) -> None:
        """Remember a value; on the disk as far as that is possible."""
        st.session_state[self.name] = value
        self.write(value)

    def write(self, value: Kind) -> None:
        """Remember a value on the disk alone, where the session has it in a way of its own."""
        if (visit := _visit_id()) is not None:
            # A full disk, or a value that is too large, costs no more than the remembering.
            with suppress(OSError, TooLarge):
                _files().write(visit, self._file, msgspec.json.encode(value, enc_hook=_to_json))

    def forget(self) -> None:
        """Have the default again."""
        st.session_state.pop(self.name, None)
        if (visit := _visit_id()) is not None:
            _files().delete(visit, self._file)

    def recovered(self) -> Kind:
        """What the lost session had, which this one continues; else the default."""
        visit = _visit_id() if st.session_state.get(_PREVIOUS) else None
        data = None if visit is None else _files().read(visit, self._file)
        if data is None:
            return self._default
        try:
            return cast("Kind", self._decoder.decode(data))
        except (ValueError, RecursionError):
            # Torn, or written by another version.
            return self._default


def begin() -> None:
    """Take up what a lost session has left, in the first run of the one that continues it.

    To be called at the start of each run of a whole page.
    """
    visit = _visit_id()
    if visit is None:
        return
    now = time.monotonic()
    if not st.session_state.get(_BEGAN):
        previous = _lost_session()
        if previous and previous != visit and _files().copy(previous, visit):
            st.session_state[_PREVIOUS] = True
            st.session_state[_CONTINUED] = previous
        st.session_state[_BEGAN] = True
        st.session_state[_TOUCHED] = now
    elif (continued := st.session_state.pop(_CONTINUED, None)) is not None:
        # The browser has heard of this session. Had the server been killed before that, it would
        # have asked for the other one once more.
        _files().forget(continued)
    elif now - st.session_state[_TOUCHED] > _TOUCH_SECONDS:
        st.session_state[_TOUCHED] = now
        _files().touch(visit)


def has_lost_session() -> bool:
    """Whether the browser still shows the page of a session that this server does not know."""
    return _lost_session() not in (None, _visit_id())


def browser_states(prefix: str) -> dict[str, Any]:
    """What the browser has just said its components show, by those keys that begin so.

    Streamlit gives a value only to a component that is on the page already. After a lost session,
    the browser says in the first run what it still shows, and what is put on the page depends on
    that. Nothing of it has been checked.
    """
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        return {}
    found = {}
    # "$$ID-", a digest, "-", and the key.
    for widget, state in _sent(context).items():
        key = widget.split("-", 2)[-1]
        text = getattr(getattr(state, "value", None), "json_value", "")
        if key.startswith(prefix) and isinstance(text, str) and text:
            with suppress(ValueError, RecursionError):
                found[key] = json.loads(text)
    return found


def has_sent_files(prefix: str) -> bool:
    """Whether the browser shows files in an uploader whose key begins so, which the server lost."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None or not has_lost_session():
        return False
    for widget, state in _sent(context).items():
        files = getattr(getattr(state, "value", None), "file_uploader_state_value", None)
        if files is not None and files.uploaded_file_info:
            return widget.split("-", 2)[-1].startswith(prefix)
    return False


def _sent(context: Any) -> dict[str, Any]:
    """The widgets' states as the browser sent them, by their ids; Streamlit 1.67's own."""
    return dict(context.session_state._state._new_widget_state.states)


def _visit_id() -> str | None:
    """This session's id; None without a browser."""
    if _handshake() is None:
        return None
    context = get_script_run_ctx(suppress_warning=True)
    return None if context is None else context.session_id


def _lost_session() -> str | None:
    """The id of the session that the browser had before; None if it begins anew."""
    parts = [part.strip() for part in (_handshake() or "").split(",")]
    # "streamlit", a token, and the id.
    return parts[2] if len(parts) == 3 and _SESSION_ID.fullmatch(parts[2]) else None


def _handshake() -> str | None:
    found: str | None = st.context.headers.get("Sec-Websocket-Protocol")
    return found


def _files() -> HourlyFiles:
    return HourlyFiles(store.local_directory() / ".visits")


def _to_json(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return {"dtype": value.dtype.str, "shape": value.shape, "bytes": value.tobytes()}
    if isinstance(value, np.generic):
        return value.item()
    raise NotImplementedError(f"{type(value)} cannot be remembered.")


class _Array(msgspec.Struct):
    """An array as it is written."""

    dtype: str
    shape: tuple[int, ...]
    bytes: bytes


_KINDS = ("|u1", "<i8", "<f8", "<f4")


def _from_json(_: Any, value: Any) -> Any:
    array = msgspec.convert(value, _Array)
    if array.dtype not in _KINDS:
        raise ValueError("This is no array that was remembered.")
    return np.frombuffer(array.bytes, array.dtype).reshape(array.shape)

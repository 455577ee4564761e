"""A visitor of the app without a browser: a websocket that sends what a browser would send.

    async with visit(server.url, "draw") as visitor:
        await visitor.act("draw-model", string_value="committee")
        await visitor.draw([[(88, 78), (150, 74), (228, 70)]])

A browser takes ten times the processor time of the session it belongs to; of these, hundreds fit on
one machine. What a browser sends was read off its websocket (Streamlit 1.67): each action carries
the values of the widgets that were used, and the fragment they are in.
"""

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

import websockets
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

Stroke = Sequence[tuple[float, float]]
_CANVAS = "canvas/"
_PATIENCE = 120  # seconds


class Visitor:
    """One session.

    Attributes:
        received: bytes that the server has sent so far.
        errors: what pages showed as an exception.
        texts: of the alerts and paragraphs that the last run sent.
        data: what our components were sent last, by key.
        runs: when each run of a whole page began and ended, by `time.monotonic`.
    """

    def __init__(self, socket: websockets.ClientConnection, url: str, path: str) -> None:
        self.received = 0
        self.errors: list[str] = []
        self.texts: list[str] = []
        self.data: dict[str, Any] = {}
        self.runs: list[tuple[float, float]] = []
        self._began, self._fragment = 0.0, ""
        self._socket, self._url, self._page = socket, url, ""
        self._go(path)
        self._widgets: dict[str, tuple[str, str]] = {}  # key -> id and fragment
        self._values: dict[str, WidgetState] = {}
        self._refreshes: dict[str, tuple[float, float]] = {}  # fragment -> seconds, and when next
        self._strokes: list[Stroke] = []

    async def open(self, path: str) -> float:
        """Go to a page; returns the seconds until it is all there."""
        self._go(path)
        self._values.clear()
        self._widgets.clear()
        self._strokes.clear()
        return await self._run("")

    async def act(self, key: str, **value: Any) -> float:
        """Give a widget a value, such as `string_value=`; returns the seconds until it is answered.

        Args:
            key: of the widget, or its beginning.
            value: a field of Streamlit's message `WidgetState`.
        """
        id, fragment = self._widget(key)
        state = WidgetState(id=id)
        for name, content in value.items():
            if isinstance(content, list):
                getattr(state, name).data.extend(content)
            else:
                setattr(state, name, content)
        self._values[id] = state
        took = await self._run(fragment)
        if "trigger_value" in value:
            del self._values[id]
        return took

    async def pick(self, key: str, position: int) -> float:
        """Have a component of ours say that the thing at this place was picked."""
        id, fragment = self._widget(key)
        said = json.dumps([{"event": "picked", "value": position}])
        trigger = _make_trigger_id(id, "events")
        self._values.setdefault(id, WidgetState(id=id, json_value="{}"))
        self._values[trigger] = WidgetState(id=trigger, json_trigger_value=said)
        took = await self._run(fragment)
        del self._values[trigger]
        return took

    async def draw(self, strokes: Sequence[Stroke]) -> float:
        """Add strokes to the canvas of the page; returns the seconds until they are read."""
        self._strokes += strokes
        objects = [_as_fabric(stroke) for stroke in self._strokes]
        raw = {"version": "7.4.0", "objects": objects}
        sent = {"backgroundFit": None, "drawing": {"raw": raw, "data": None}}
        return await self.act(_CANVAS, json_value=json.dumps(sent))

    def forget_strokes(self) -> None:
        """What is drawn next is on an empty canvas."""
        self._strokes.clear()

    async def clear(self) -> float:
        """Press Clear."""
        self.forget_strokes()
        return await self.act("canvas-clear", trigger_value=True)

    async def watch(self, seconds: float) -> None:
        """Stay on the page, and have what refreshes itself do so, as a browser does."""
        ends = time.monotonic() + seconds
        while (now := time.monotonic()) < ends:
            for fragment, (interval, due) in dict(self._refreshes).items():
                # The one before may have run the whole page again.
                if fragment in self._refreshes and due <= now:
                    self._refreshes[fragment] = interval, now + interval
                    await self._run(fragment, is_refresh=True)
            await asyncio.sleep(0.02)

    async def throw(self, message: bytes) -> None:
        """Send a message as it is, and wait for no answer."""
        await self._socket.send(message)

    async def settle(self, quiet: float = 1.0) -> None:
        """Receive until the server has been quiet for so many seconds."""
        with suppress(TimeoutError):
            while True:
                async with asyncio.timeout(quiet):
                    self._is_end(await self._socket.recv())

    @property
    def query(self) -> str:
        """What stands behind the "?" of the address."""
        return self._query

    @property
    def widget_ids(self) -> list[str]:
        """The ids of all widgets that have been on the page."""
        return [id for id, _ in self._widgets.values()]

    def has(self, key: str) -> bool:
        """Whether the page has a widget with this key."""
        return any(known.startswith(key) for known in self._widgets)

    def key(self, pattern: str) -> str:
        """The key of the last widget on the page whose whole key matches a regular expression."""
        for key in reversed(self._widgets):
            if re.fullmatch(pattern, key):
                return key
        raise KeyError(f"No widget {pattern!r} on /{self._path}; there are {sorted(self._widgets)}")

    def _go(self, path: str) -> None:
        self._path, _, self._query = path.partition("?")

    def _widget(self, key: str) -> tuple[str, str]:
        # The last: a canvas may have been replaced.
        for known, found in reversed(self._widgets.items()):
            if known.startswith(key):
                return found
        raise KeyError(f"No widget {key!r} on /{self._path}; there are {sorted(self._widgets)}")

    async def _run(self, fragment: str, *, is_refresh: bool = False) -> float:
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.fragment_id = self._query, fragment
        state.is_auto_rerun = is_refresh
        state.widget_states.widgets.extend(self._values.values())
        if fragment:
            state.page_script_hash = self._page
        else:
            state.page_name = self._path
        context = state.context_info
        context.timezone, context.locale, context.color_scheme = "UTC", "en-US", "light"
        context.url = f"{self._url}/{self._path}"
        began = time.monotonic()
        self.texts, self._fragment = [], fragment
        await self._socket.send(message.SerializeToString())
        async with asyncio.timeout(_PATIENCE):
            while not self._is_end(await self._socket.recv()):
                pass
        return time.monotonic() - began

    def _is_end(self, data: str | bytes) -> bool:
        assert isinstance(data, bytes)
        self.received += len(data)
        message = ForwardMsg.FromString(data)
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._page = message.new_session.page_script_hash
            # A fragment may ask for the whole page: that is a second run.
            # What was there before is there again, or gone.
            if self._fragment:
                self._forget(lambda found: found[1] == self._fragment)
            else:
                self._began = time.monotonic()
                self._refreshes.clear()
                self._forget(lambda _found: True)
            self._fragment = ""
        elif kind == "navigation":
            # Only now it is known: the session began with what the browser asked for.
            self._page = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif kind == "auto_rerun":
            asked = message.auto_rerun
            known, _ = self._refreshes.get(asked.fragment_id, (None, 0.0))
            # A clock that runs goes on.
            if known != asked.interval:
                due = time.monotonic() + asked.interval
                self._refreshes[asked.fragment_id] = asked.interval, due
        elif kind == "delta" and message.delta.HasField("new_element"):
            self._note(message.delta)
        how = message.script_finished
        if kind == "script_finished" and self._began:
            self.runs.append((self._began, time.monotonic()))
            self._began = 0.0
        return kind == "script_finished" and bool(how != ForwardMsg.FINISHED_EARLY_FOR_RERUN)

    def _forget(self, is_gone: Callable[[tuple[str, str]], bool]) -> None:
        for key in [key for key, found in self._widgets.items() if is_gone(found)]:
            del self._widgets[key]

    def _note(self, delta: Any) -> None:
        kind = delta.new_element.WhichOneof("type")
        element = getattr(delta.new_element, kind)
        if kind == "exception":
            self.errors.append(f"{element.type}: {element.message}")
        if kind in ("alert", "markdown"):
            self.texts.append(element.body)
        id = getattr(element, "id", "")
        if kind == "bidi_component" and id:
            self.data[id.split("-", 2)[-1]] = json.loads(
                element.json or element.mixed.json or "null"
            )
        if id:
            # "$$ID", a hash, and the key
            self._widgets.pop(key := id.split("-", 2)[-1], None)
            self._widgets[key] = (id, delta.fragment_id)


@asynccontextmanager
async def visit(
    url: str, path: str = "", cookie: str = "", **connection: Any
) -> AsyncIterator[Visitor]:
    """A new visitor who opens a page, and leaves when the block ends.

    Args:
        url: of the server.
        path: of the page, with its query.
        cookie: "name=value; …", by which servers know the browser again.
        connection: what else `websockets.connect` and asyncio are told, such as `ssl` and, for a
            name that nobody has, `host`.
    """
    address = f"ws{url.removeprefix('http')}/_stcore/stream"
    async with websockets.connect(
        address,
        subprotocols=[websockets.Subprotocol("streamlit")],
        max_size=None,
        # As browsers say it: without a path. They never ask whether the server is still there.
        origin=websockets.Origin("{0.scheme}://{0.netloc}".format(urlsplit(url))),
        additional_headers={"Cookie": cookie} if cookie else None,
        ping_interval=None,
        proxy=None,
        **connection,
    ) as socket:
        visitor = Visitor(socket, url, path)
        await visitor.open(path)
        yield visitor


def _as_fabric(stroke: Stroke) -> dict[str, Any]:
    """A stroke as the canvas reports it, with the fields that nobody reads."""
    (x, y), *others = stroke
    path: list[list[str | float]] = [["M", x, y]]
    for before, after in zip(stroke, others, strict=False):
        path.append(["Q", *before, (before[0] + after[0]) / 2, (before[1] + after[1]) / 2])
    locks = ("MovementX", "MovementY", "Rotation", "ScalingX", "ScalingY", "SkewingX", "SkewingY")
    return {
        **{f"lock{name}": False for name in locks},
        "type": "Path", "version": "7.4.0", "originX": "center", "originY": "center",
        "left": 159.0374, "top": 167.2287, "width": 158.1148, "height": 208.02,
        "fill": None, "stroke": "#1f1d1a", "strokeWidth": 20, "strokeLineCap": "round",
        "strokeLineJoin": "round", "strokeDashArray": None, "strokeDashOffset": 0,
        "strokeUniform": False, "strokeMiterLimit": 10, "scaleX": 1, "scaleY": 1, "angle": 0,
        "flipX": False, "flipY": False, "opacity": 1, "shadow": None, "visible": True,
        "backgroundColor": "", "fillRule": "nonzero", "paintFirst": "fill",
        "globalCompositeOperation": "source-over", "skewX": 0, "skewY": 0, "path": path,
    }  # fmt: skip

"""What a server and the computers of a cluster tell each other about a training.

Bytes that msgspec writes and checks, never pickles: what comes in is data, not code.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import msgspec

from mnist_core.jobs.directory import Result, Spec
from mnist_core.models import store
from mnist_core.networks.run_control import RunControl

FOLDER_PREFIX = "digit-lab-"
"""Of the directories that a training on a cluster has for itself."""

MODEL_FILES = (store.CARD, store.KERAS, store.LITERT, store.PROBABILITIES)
"""What a model on its way consists of."""

CORE = Path(__file__).parents[1]


@dataclass(frozen=True)
class ModelFiles:
    """A model on its way: its name, and its files by `MODEL_FILES`."""

    name: str
    files: dict[str, bytes]


class Hello(msgspec.Struct, frozen=True, tag=True):
    """A computer of the cluster is ready to train.

    Attributes:
        attempt: a random name for this try; after a loss there is another.
        version: of the program there, see `version`.
        computer: its name, for the log.
    """

    attempt: str
    version: str
    computer: str


class Parcel(msgspec.Struct, frozen=True):
    """All it takes to train, or to go on.

    Attributes:
        spec: what was asked for.
        patience: so many seconds without a word from the server, and nobody waits any more.
        max_minutes: how long the training may take.
        checkpoint: a checkpoint's file to go on from; None to begin at the beginning.
        drawings: a file of drawings to learn from, where it does.
        model: the model it starts from, unless that came with the app.
    """

    spec: Spec
    patience: int
    max_minutes: int
    checkpoint: bytes | None = None
    drawings: bytes | None = None
    model: ModelFiles | None = None


class Orders(msgspec.Struct, frozen=True):
    """What the server wants; sent when that changes, and as a sign of life.

    Attributes:
        steering: what is asked of the training.
        seen: number of the last news that arrived.
        parcel: what to train; once, as the answer to a hello.
        over: nobody waits for this attempt any more.
    """

    steering: RunControl
    seen: int = 0
    parcel: Parcel | None = None
    over: bool = False


class News(msgspec.Struct, frozen=True, tag=True):
    """What became different in a training's directory.

    Attributes:
        attempt: whose news.
        number: 1 for the first of an attempt.
        lines: new lines of `progress.jsonl`.
        latest: its latest report, if that is another.
        snapshot: the last epoch's snapshot, if that is another.
        checkpoint: not older than the lines.
    """

    attempt: str
    number: int
    lines: bytes = b""
    latest: bytes | None = None
    snapshot: bytes | None = None
    checkpoint: bytes | None = None

    @property
    def is_empty(self) -> bool:
        """Nothing became different."""
        return not (self.lines or self.latest or self.snapshot or self.checkpoint)


class Outcome(msgspec.Struct, frozen=True):
    """How an attempt ended: its last news, the result, and the model if there is one."""

    news: News
    result: Result
    model: ModelFiles | None = None


def encode(message: Hello | News | Orders | Outcome) -> bytes:
    """A message as it travels."""
    return msgspec.msgpack.encode(message)


def decode_report(data: bytes) -> Hello | News:
    """What a computer of the cluster said on the way.

    Raises:
        ValueError: it is nothing of the kind.
    """
    return msgspec.msgpack.decode(data, type=Hello | News)


def decode_orders(data: bytes) -> Orders:
    """What the server said; see `decode_report`."""
    return msgspec.msgpack.decode(data, type=Orders)


def decode_outcome(data: bytes) -> Outcome:
    """How an attempt ended; see `decode_report`."""
    return msgspec.msgpack.decode(data, type=Outcome)


def version(core: Path = CORE) -> str:
    """A fingerprint of the core, its code and its data: alike on all computers of a cluster.

    Args:
        core: the directory of the core.
    """
    digest = hashlib.sha256()
    files = (path for path in core.rglob("*") if path.is_file() and path.suffix != ".pyc")
    for path in sorted(files):
        data = path.read_bytes()
        # Git may have given a Windows computer other ends of lines.
        data = data.replace(b"\r\n", b"\n") if path.suffix == ".py" else data
        digest.update(
            path.relative_to(core).as_posix().encode() + b"\0" + hashlib.sha256(data).digest()
        )
    return digest.hexdigest()

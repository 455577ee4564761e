"""The messages between a server and the computers of a cluster.

msgspec encodes and checks them; nothing is pickled, so what arrives is data, never code.
"""

import hashlib
from functools import partial
from pathlib import Path

import msgspec

from mnist_core.jobs.spec import Result, Spec
from mnist_core.models import store
from mnist_core.networks.settings import RunControl

FOLDER_PREFIX = "digit-lab-"
"""Of the temporary directories that trainings on a cluster use."""

MODEL_FILES = (store.CARD, store.KERAS, store.LITERT, store.PROBABILITIES)
"""The files of a model that are sent."""

ModelFiles = dict[str, bytes]
"""The content of each of these."""

CORE = Path(__file__).parents[1]


class Ready(msgspec.Struct, frozen=True, tag=True):
    """A computer of the cluster is ready to train.

    `attempt` is a random name: when the computer is lost, the next one has another. `version` is
    that of the program there, `computer` its name for the log.
    """

    attempt: str
    version: str
    computer: str


class JobFiles(msgspec.Struct, frozen=True):
    """What a computer of the cluster needs to do a job.

    Attributes:
        spec: what was asked for.
        timeout_seconds: after so long without a message from the server, the job is abandoned.
        max_minutes: how long the training may take.
        checkpoint: the file of a checkpoint to resume from, if there is one.
        drawings: the file of the drawings to learn from, if there is one.
        model: the model to start from, as the spec names it, unless it came with the app.
        own_digit: 28 x 28 bytes, the visitor's digit; no bytes if there is none.
    """

    spec: Spec
    timeout_seconds: int
    max_minutes: int
    checkpoint: bytes | None = None
    drawings: bytes | None = None
    model: ModelFiles | None = None
    own_digit: bytes = b""


class Commands(msgspec.Struct, frozen=True):
    """What the server asks for; sent when that changes, and as a heartbeat.

    Attributes:
        control: what is asked of the training.
        received: number of the last status report that arrived.
        job_files: what to train; once, in answer to `Ready`.
        abandoned: nobody is waiting for this attempt any more.
    """

    control: RunControl
    received: int = 0
    job_files: JobFiles | None = None
    abandoned: bool = False


class StatusReport(msgspec.Struct, frozen=True, tag=True):
    """What has changed in a training's directory.

    Attributes:
        attempt, number: of which attempt it is the first, second ... report.
        lines: new lines of `progress.jsonl`.
        latest: the latest report, if it has changed.
        snapshot: the file of the last epoch's snapshot, if it has changed.
        live_snapshot: the file of the latest live snapshot, if it has changed.
        checkpoint: the file of a new checkpoint; not older than the lines.
    """

    attempt: str
    number: int
    lines: bytes = b""
    latest: bytes | None = None
    snapshot: bytes | None = None
    checkpoint: bytes | None = None
    live_snapshot: bytes | None = None


class Outcome(msgspec.Struct, frozen=True):
    """How an attempt ended: its last report, the result, and the model if there is one."""

    report: StatusReport
    result: Result
    model: ModelFiles | None = None


encode = msgspec.msgpack.encode
"""A message as it is sent. Each function below raises ValueError for bytes that are none."""
decode_from_worker = partial(msgspec.msgpack.decode, type=Ready | StatusReport)
decode_commands = partial(msgspec.msgpack.decode, type=Commands)
decode_outcome = partial(msgspec.msgpack.decode, type=Outcome)


def version(core: Path = CORE) -> str:
    """A fingerprint of the core's code and data, which must be the same all over a cluster."""
    digest = hashlib.sha256()
    files = (path for path in core.rglob("*") if path.is_file() and path.suffix != ".pyc")
    for path in sorted(files):
        data = path.read_bytes()
        # Git may have changed the ends of lines on Windows.
        data = data.replace(b"\r\n", b"\n") if path.suffix == ".py" else data
        digest.update(
            path.relative_to(core).as_posix().encode() + b"\0" + hashlib.sha256(data).digest()
        )
    return digest.hexdigest()

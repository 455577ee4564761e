"""Carries out a Dockerfile with Debian's bubblewrap, and runs what comes of it.

Needs root and Debian's packages bubblewrap and debootstrap. In place of the image that the
Dockerfile begins with stands Debian's smallest system with Debian's own Python of the same version.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.hosting.dockerfile import Copy, Run, Stage, context_files, read
from tests.serving import ROOT, end_all

_DEBIAN = "bookworm"
_BASE = "python:3.11-slim-bookworm"
_BASE_PACKAGES = "ca-certificates,netbase,tzdata,python3,python3-venv"
_BASE_ENVIRONMENT = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "LANG": "C.UTF-8",
    "HOME": "/root",
}
# How this computer reaches packages, so that the steps can, too.
_HOST_FILES = ("/etc/resolv.conf", "/etc/hosts", "/etc/ssl/certs", "/etc/xdg/pip", "/opt/wheels")
_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Image:
    """What a Dockerfile has made.

    Attributes:
        root: its files.
        stage: the last stage, which says how it is run.
        base_mb: megabytes of it that were there before the first step.
    """

    root: Path
    stage: Stage
    base_mb: float

    @property
    def unpacked_mb(self) -> float:
        """Megabytes that its files take."""
        return size_mb(self.root)


def check_tools(*tools: str) -> None:
    """Say what is missing for a trial.

    Raises:
        SystemExit: this is not root, or a tool is not there.
    """
    missing = [tool for tool in tools if shutil.which(tool) is None]
    if missing:
        raise SystemExit(f"This trial needs {', '.join(missing)}: apt-get install them first.")
    if os.geteuid() != 0:
        raise SystemExit("This trial must be run as root: it becomes user 1000 by itself.")


def build(folder: Path, extra: str = "") -> Image:
    """Carry out the repository's Dockerfile in a folder, with lines added at its end.

    Every step prints itself; one that fails ends the trial.
    """
    base = _base(folder)
    stages = read((ROOT / "Dockerfile").read_text("utf-8") + extra, _BASE_ENVIRONMENT)
    roots = dict[str, Path]()
    for number, stage in enumerate(stages):
        if stage.base != _BASE:
            raise SystemExit(f"The trial stands in for {_BASE}, the Dockerfile wants {stage.base}.")
        root = roots[stage.name] = folder / f"stage-{number}"
        shutil.rmtree(root, ignore_errors=True)
        _copy_folder(base, root)
        for step in stage.steps:
            if isinstance(step, Run):
                print(f"  RUN {step.command[:90]}", flush=True)
                _run(root, step)
            else:
                print(f"  COPY {' '.join(step.sources)} {step.target}", flush=True)
                _copy(root, step, roots)
    return Image(root, stages[-1], size_mb(base))


def existing(folder: Path) -> Image:
    """What `build` has made in a folder before."""
    stages = read((ROOT / "Dockerfile").read_text("utf-8"), _BASE_ENVIRONMENT)
    root = folder / f"stage-{len(stages) - 1}"
    if not (root / "app").is_dir():
        raise SystemExit(
            f"There is no image in {folder}: python -m benchmarks.hosting.image {folder}"
        )
    return Image(root, stages[-1], size_mb(folder / "base"))


@contextmanager
def container(
    image: Image,
    data: Path,
    log: Path,
    *,
    environment: Mapping[str, str] | None = None,
    command: Sequence[str] = (),
) -> Iterator[psutil.Popen]:
    """Run an image as its user: its root read-only, its volume a folder, processes of its own.

    Args:
        image: what to run.
        data: the folder that is its volume.
        log: a file for all that it prints.
        environment: variables besides the image's.
        command: in place of the image's.
    """
    words = [*image.stage.entrypoint, *(command or image.stage.command)]
    with log.open("ab") as output:
        process = psutil.Popen(
            inside(image, data, words, environment or {}), stdout=output, stderr=output
        )
    try:
        yield process
    finally:
        stop(process)


def stop(process: psutil.Popen) -> None:
    """End a container with all that runs in it."""
    children = process.children(recursive=True) if process.is_running() else []
    end_all([*children, process])


def inside(
    image: Image, data: Path, words: Sequence[str], environment: Mapping[str, str]
) -> list[str]:
    """The command that runs words inside a container of an image, see `container`."""
    uid, gid = image.stage.user.split(":")
    os.chown(data, int(uid), int(gid))
    sandbox = ["bwrap", "--ro-bind", str(image.root), "/", "--proc", "/proc", "--dev", "/dev"]
    # As every container engine does: memory that processes share.
    sandbox += ["--perms", "1777", "--tmpfs", "/dev/shm"]
    for volume in image.stage.volumes:
        sandbox += ["--bind", str(data), volume]
    sandbox += ["--unshare-pid", "--as-pid-1", "--unshare-ipc", "--die-with-parent", "--clearenv"]
    for name, value in {**image.stage.environment, "HOME": "/nowhere", **environment}.items():
        sandbox += ["--setenv", name, value]
    # bubblewrap keeps root's rights for this one step.
    sandbox += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--cap-add", "CAP_SETPCAP"]
    sandbox += ["--chdir", image.stage.workdir, "setpriv", f"--reuid={uid}", f"--regid={gid}"]
    sandbox += ["--clear-groups", "--no-new-privs", "--inh-caps=-all", "--bounding-set=-all"]
    return [*sandbox, *words]


def seconds_until_healthy(
    image: Image, data: Path, environment: Mapping[str, str], began: float, patience: float = 60
) -> float:
    """Ask the image's own health check until it is content; seconds since `began` (monotonic).

    Raises:
        RuntimeError: it never was.
    """
    command = inside(image, data, image.stage.healthcheck, environment)
    while time.monotonic() - began < patience:
        asked = time.monotonic()
        if subprocess.run(command, capture_output=True).returncode == 0:
            return asked - began
        time.sleep(0.05)
    raise RuntimeError("The image never became healthy.")


def size_mb(folder: Path) -> float:
    """Megabytes of the files in a folder, each once however many names it has."""
    found = dict[tuple[int, int], int]()
    for parent, _, names in os.walk(folder):
        for name in names:
            facts = os.lstat(os.path.join(parent, name))  # noqa: PTH118
            found[facts.st_dev, facts.st_ino] = facts.st_size
    return sum(found.values()) / _MEGABYTE


def _base(folder: Path) -> Path:
    base = folder / "base"
    if not (base / "ready").exists():
        print(f"  debootstrap {_DEBIAN}", flush=True)
        shutil.rmtree(base, ignore_errors=True)
        base.mkdir(parents=True)
        tool = ["debootstrap", "--variant=minbase", f"--include={_BASE_PACKAGES}", _DEBIAN]
        subprocess.run([*tool, str(base)], check=True, stdout=subprocess.DEVNULL)
        (base / "usr/local/bin/python").symlink_to("/usr/bin/python3")
        _make_slim(base)
        (base / "ready").touch()
    return base


def _make_slim(base: Path) -> None:
    """Leave out what the official image leaves out, too."""
    # Devices come with the container.
    for litter in ("dev", "usr/share/doc", "usr/share/man", "usr/share/locale"):
        shutil.rmtree(base / litter)
    (base / "dev").mkdir()
    for litter in ("var/cache/apt", "var/lib/apt/lists"):
        shutil.rmtree(base / litter)
        (base / litter / "partial").mkdir(parents=True)
    no_cache = 'Dir::Cache::pkgcache ""; Dir::Cache::srcpkgcache "";'
    (base / "etc/apt/apt.conf.d/docker-clean").write_text(no_cache, "utf-8")


def _run(root: Path, step: Run) -> None:
    sandbox = ["bwrap", "--bind", str(root), "/", "--proc", "/proc", "--dev", "/dev"]
    sandbox += [
        "--perms",
        "1777",
        "--tmpfs",
        "/tmp",
        "--cap-add",
        "ALL",
        "--unshare-pid",
        "--die-with-parent",
    ]
    for file in filter(os.path.exists, _HOST_FILES):
        sandbox += ["--ro-bind", file, file]
    sandbox += ["--clearenv", "--chdir", step.workdir]
    proxies = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    for name, value in {**step.environment, **proxies}.items():
        sandbox += ["--setenv", name, value]
    (root / step.workdir.lstrip("/")).mkdir(parents=True, exist_ok=True)
    done = subprocess.run([*sandbox, "sh", "-c", step.command], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"RUN {step.command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")


def _copy(root: Path, step: Copy, roots: Mapping[str, Path]) -> None:
    target = root / step.target.lstrip("/")
    if step.stage is not None:
        (source,) = step.sources
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy_folder(roots[step.stage] / source.lstrip("/"), target)
        return
    for path in _context():
        for source in step.sources:
            if source == "." or path == source:
                # A folder's content goes into the target, a file keeps only its own name.
                into = target / (path if source == "." else Path(path).name)
                into.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / path, into)


def _copy_folder(source: Path, target: Path) -> None:
    # With owners, links and times, as a container engine does.
    subprocess.run(["cp", "-a", str(source), str(target)], check=True)


def _context() -> list[str]:
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    files = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    there = [path for path in files.splitlines() if (ROOT / path).is_file()]
    return context_files(there, (ROOT / ".dockerignore").read_text("utf-8"))

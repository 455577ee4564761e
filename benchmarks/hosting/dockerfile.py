"""What a Dockerfile says, as values; for the few instructions that ours has.

An instruction that is not known here is an error: a trial must not leave out a step.
"""

import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

_VARIABLE = re.compile(r"\$(?:(\w+)|\{(\w+)\})")
_AS = re.compile(r"(\S+)(?: AS (\S+))?", re.IGNORECASE)


class CannotRead(ValueError):
    """The Dockerfile has something that the trial cannot carry out."""


@dataclass(frozen=True)
class Run:
    """A command of the shell.

    Attributes:
        command: what `sh -c` gets.
        workdir: where it runs.
        environment: its variables.
    """

    command: str
    workdir: str
    environment: dict[str, str]


@dataclass(frozen=True)
class Copy:
    """Files that are copied into the image.

    Attributes:
        sources: patterns below the context, or absolute paths in another stage.
        target: an absolute path; a folder if it ends with "/" or if there are several sources.
        stage: the stage that they come from; None for the build's context.
    """

    sources: tuple[str, ...]
    target: str
    stage: str | None


@dataclass
class Stage:
    """A stage of a build: what is done in order, and what holds at its end.

    Attributes:
        base: the image it begins with.
        name: what other stages call it.
        steps: commands and copies in order.
        environment: variables of the container.
        workdir: where its command starts.
        user: "uid:gid".
        volumes: folders that are mounted.
        healthcheck: the command of the check.
        entrypoint: what is run, before `command`.
        command: arguments of the entry point.
    """

    base: str
    name: str
    steps: list[Run | Copy] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)
    workdir: str = "/"
    user: str = "0:0"
    volumes: list[str] = field(default_factory=list)
    healthcheck: list[str] = field(default_factory=list)
    entrypoint: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)


def read(text: str, base_environment: dict[str, str]) -> list[Stage]:
    """The stages of a Dockerfile, each beginning with the variables of its base.

    Raises:
        CannotRead: it has an instruction, or a form of one, that is not known here.
    """
    stages = list[Stage]()
    for word, value in _instructions(text):
        if word == "FROM":
            found = _AS.fullmatch(value)
            if not found:
                raise CannotRead(f"FROM {value}")
            name = found[2] or str(len(stages))
            stages.append(Stage(found[1], name, environment=dict(base_environment)))
        elif stages:
            _add(stages[-1], word, value)
        else:
            raise CannotRead(f"{word} before FROM")
    return stages


def context_files(files: list[str], dockerignore: str) -> list[str]:
    """Those of the files, by their paths below the context, that .dockerignore lets through."""
    lines = [line.strip() for line in dockerignore.splitlines()]
    rules = [line for line in lines if line and not line.startswith("#")]
    return [path for path in files if not _is_ignored(path, rules)]


def _is_ignored(path: str, rules: list[str]) -> bool:
    ignored = False
    places = [path, *map(str, PurePosixPath(path).parents)]
    for rule in rules:
        pattern = rule.removeprefix("!").strip("/")
        # "**/x" also means x itself.
        patterns = [pattern, pattern.removeprefix("**/")]
        if any(_matches(place, each) for place in places for each in patterns):
            ignored = not rule.startswith("!")
    return ignored


def _matches(place: str, pattern: str) -> bool:
    if pattern.startswith("**/"):
        return fnmatchcase(place, f"*/{pattern[3:]}")
    return place.count("/") == pattern.count("/") and fnmatchcase(place, pattern)


def _instructions(text: str) -> Iterator[tuple[str, str]]:
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    for line in re.sub(r"\\\n\s*", "", "\n".join(lines)).splitlines():
        if line.strip():
            word, _, value = line.strip().partition(" ")
            yield word.upper(), value.strip()


def _add(stage: Stage, word: str, value: str) -> None:
    match word:
        case "RUN" if not value.startswith(("--", "[")):
            stage.steps.append(Run(value, stage.workdir, dict(stage.environment)))
        case "COPY":
            stage.steps.append(_copy(value, stage.workdir))
        case "WORKDIR":
            stage.workdir = str(PurePosixPath(stage.workdir, value))
        case "ENV":
            stage.environment |= _variables(value, stage.environment)
        case _:
            _describe(stage, word, value)


def _describe(stage: Stage, word: str, value: str) -> None:
    """Note how the image is run."""
    match word:
        case "USER":
            stage.user = value
        case "VOLUME":
            stage.volumes.append(value)
        case "HEALTHCHECK":
            stage.healthcheck = _list(value.partition("CMD ")[2])
        case "ENTRYPOINT":
            stage.entrypoint = _list(value)
        case "CMD":
            stage.command = _list(value)
        case "EXPOSE":
            pass
        case _:
            raise CannotRead(f"{word} {value}")


def _copy(value: str, workdir: str) -> Copy:
    words = shlex.split(value)
    stage = None
    if words[0].startswith("--from="):
        stage = words.pop(0).removeprefix("--from=")
    if any(word.startswith("--") for word in words):
        raise CannotRead(f"COPY {value}")
    *sources, target = words
    ending = "/" if target.endswith("/") or target == "." else ""
    whole = str(PurePosixPath(workdir, target)).rstrip("/") + ending
    return Copy(tuple(sources), whole, stage)


def _variables(value: str, known: dict[str, str]) -> dict[str, str]:
    pairs = dict(word.split("=", 1) for word in shlex.split(value))
    return {
        name: _VARIABLE.sub(lambda found: known.get(found[1] or found[2], ""), text)
        for name, text in pairs.items()
    }


def _list(value: str) -> list[str]:
    try:
        found = json.loads(value)
    except ValueError as error:
        raise CannotRead(f"not a list: {value}") from error
    return [str(word) for word in found]

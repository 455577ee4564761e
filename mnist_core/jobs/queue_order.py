"""Whose turn is it? The line of trainings, fair to visitors: pure book-keeping.

A visitor stands in line with one training. The next one of the same visitor gets in line when that
is over, behind everybody who stands there then. So whoever asks for twenty trainings keeps nobody
waiting longer than one who asks for one, and between visitors it is first come, first served.
"""

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class QueueEntry:
    """An unfinished job as the line sees it.

    Attributes:
        id: the job's; ids sort in the order in which jobs were asked for.
        visitor: whose it is; a job of nobody in particular is like a visitor of its own.
        joined: when it got in line; None while an earlier one of the visitor's is unfinished.
        started: its turn has come already.
    """

    id: str
    visitor: str | None
    joined: int | None
    started: bool = False


def order(entries: Iterable[QueueEntry]) -> list[str]:
    """The ids in the order in which their turns come or came, the working ones first."""
    every = sorted(entries, key=lambda entry: entry.id)
    working = [entry for entry in every if entry.started]
    in_line = [entry for entry in every if not entry.started and entry.joined is not None]
    in_line.sort(key=lambda entry: (entry.joined, entry.id))
    later = defaultdict[str, deque[QueueEntry]](deque)
    for entry in every:
        if not entry.started and entry.joined is None:
            later[_who(entry)].append(entry)
    ahead = {_who(entry) for entry in (*working, *in_line)}
    # Whose earlier one has just ended; its process has not noticed yet.
    free = [later[who].popleft() for who in list(later) if who not in ahead]
    line, served = deque([*working, *in_line, *free]), list[str]()
    while line:
        entry = line.popleft()
        served.append(entry.id)
        if later[_who(entry)]:
            line.append(later[_who(entry)].popleft())
    return served


def may_join(entry: QueueEntry, others: Iterable[QueueEntry]) -> bool:
    """Whether no earlier job of the same visitor is unfinished."""
    return not any(
        _who(other) == _who(entry) and other.id != entry.id and _is_before(other, entry)
        for other in others
    )


def _is_before(other: QueueEntry, entry: QueueEntry) -> bool:
    return other.started or other.joined is not None or other.id < entry.id


def _who(entry: QueueEntry) -> str:
    return f"visitor {entry.visitor}" if entry.visitor is not None else f"job {entry.id}"

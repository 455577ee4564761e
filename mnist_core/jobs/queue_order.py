"""The order of the queue, fair to visitors; a pure function of its entries.

Only one training of a visitor is in the queue. The visitor's next one joins when that has ended,
behind everybody who is there by then. So somebody who submits twenty trainings keeps nobody waiting
longer than somebody who submits one; between visitors it is first come, first served.
"""

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class QueueEntry:
    """An unfinished job, as far as its order is concerned.

    Attributes:
        id: the job's; ids sort in the order of submission.
        visitor: who submitted it; without a name, it counts as a visitor of its own.
        joined: when it joined the queue; None while an earlier job of the visitor is unfinished.
        started: the queue has let it start.
    """

    id: str
    visitor: str | None
    joined: int | None
    started: bool = False


def order(entries: Iterable[QueueEntry]) -> list[str]:
    """The ids in the order in which the jobs start; those that have started come first."""
    every = sorted(entries, key=lambda entry: entry.id)
    started = [entry for entry in every if entry.started]
    joined = [entry for entry in every if not entry.started and entry.joined is not None]
    joined.sort(key=lambda entry: (entry.joined, entry.id))
    later = defaultdict[str, deque[QueueEntry]](deque)
    for entry in every:
        if not entry.started and entry.joined is None:
            later[_owner(entry)].append(entry)
    present = {_owner(entry) for entry in (*started, *joined)}
    # The visitor's earlier job has just ended; the next one's process has not noticed yet.
    joining = [later[owner].popleft() for owner in list(later) if owner not in present]
    queue, ids = deque([*started, *joined, *joining]), list[str]()
    while queue:
        entry = queue.popleft()
        ids.append(entry.id)
        if later[_owner(entry)]:
            queue.append(later[_owner(entry)].popleft())
    return ids


def may_join(entry: QueueEntry, others: Iterable[QueueEntry]) -> bool:
    """Whether no earlier job of the same visitor is unfinished."""
    return not any(
        _owner(other) == _owner(entry)
        and other.id != entry.id
        and (other.started or other.joined is not None or other.id < entry.id)
        for other in others
    )


def _owner(entry: QueueEntry) -> str:
    return f"visitor {entry.visitor}" if entry.visitor is not None else f"job {entry.id}"

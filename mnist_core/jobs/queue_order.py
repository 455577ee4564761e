"""Whose turn is it? The line of trainings, fair to visitors: pure book-keeping.

A visitor stands in line with one training. The next one of the same visitor gets in line when that
is over, behind everybody who stands there then. So whoever asks for twenty trainings keeps nobody
waiting longer than one who asks for one, and between visitors it is first come, first served.
"""

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Ticket:
    """An unfinished job as the line sees it.

    Attributes:
        id: the job's; ids sort in the order in which jobs were asked for.
        visitor: whose it is; a job of nobody in particular is like a visitor of its own.
        arrived: when it got in line; None while an earlier one of the visitor's is unfinished.
        working: its turn has come already.
    """

    id: str
    visitor: str | None
    arrived: int | None
    working: bool = False


def order(tickets: Iterable[Ticket]) -> list[str]:
    """The ids in the order in which their turns come or came, the working ones first."""
    every = sorted(tickets, key=lambda ticket: ticket.id)
    working = [ticket for ticket in every if ticket.working]
    in_line = [ticket for ticket in every if not ticket.working and ticket.arrived is not None]
    in_line.sort(key=lambda ticket: (ticket.arrived, ticket.id))
    later = defaultdict[str, deque[Ticket]](deque)
    for ticket in every:
        if not ticket.working and ticket.arrived is None:
            later[_who(ticket)].append(ticket)
    ahead = {_who(ticket) for ticket in (*working, *in_line)}
    # Whose earlier one has just ended; its process has not noticed yet.
    free = [later[who].popleft() for who in list(later) if who not in ahead]
    line, served = deque([*working, *in_line, *free]), list[str]()
    while line:
        ticket = line.popleft()
        served.append(ticket.id)
        if later[_who(ticket)]:
            line.append(later[_who(ticket)].popleft())
    return served


def may_get_in_line(ticket: Ticket, others: Iterable[Ticket]) -> bool:
    """Whether no earlier job of the same visitor is unfinished."""
    return not any(
        _who(other) == _who(ticket) and other.id != ticket.id and _is_before(other, ticket)
        for other in others
    )


def _is_before(other: Ticket, ticket: Ticket) -> bool:
    return other.working or other.arrived is not None or other.id < ticket.id


def _who(ticket: Ticket) -> str:
    return f"visitor {ticket.visitor}" if ticket.visitor is not None else f"job {ticket.id}"

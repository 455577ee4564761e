from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from mnist_core.jobs.queue_order import Ticket, may_get_in_line, order

TICKETS = st.lists(
    st.tuples(st.sampled_from(["a", "b", "c", None]), st.sampled_from(["waits", "works", "later"])),
    max_size=12,
).map(
    lambda rows: [
        Ticket(f"{number:02}", visitor, number if how != "later" else None, how == "works")
        for number, (visitor, how) in enumerate(rows)
    ]
)


@given(TICKETS)
def test_everybody_gets_a_turn_and_nobody_two_before_somebody_in_line_has_one(tickets):
    turns = order(tickets)
    assert Counter(turns) == Counter(ticket.id for ticket in tickets)
    place = {job: number for number, job in enumerate(turns)}
    for one in tickets:
        for other in tickets:
            if one.working and not other.working:
                assert place[one.id] < place[other.id]
            if one.arrived is not None and other.arrived is None and one.visitor == other.visitor:
                assert one.visitor is None or place[one.id] < place[other.id]
    in_line = [t.id for t in tickets if t.arrived is not None and not t.working]
    assert [job for job in turns if job in in_line] == in_line


def test_twenty_of_one_visitor_keep_another_waiting_for_one():
    mine = [Ticket(f"{number:02}", "me", 0 if number == 0 else None) for number in range(20)]
    turns = order([*mine, Ticket("20", "you", 5)])
    assert turns[:3] == ["00", "20", "01"]


def test_one_at_a_time_gets_in_line():
    working, waiting = Ticket("01", "me", 1, working=True), Ticket("02", "me", None)
    assert not may_get_in_line(waiting, [working, waiting])
    assert may_get_in_line(waiting, [waiting, Ticket("03", "me", None), Ticket("00", "you", 1)])
    # A job that goes on after an interruption has an old id, and yet comes last.
    assert not may_get_in_line(Ticket("00", "me", None), [working])
    assert may_get_in_line(Ticket("02", None, None), [Ticket("01", None, 1)])

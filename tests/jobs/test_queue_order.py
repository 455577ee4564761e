from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from mnist_core.jobs.queue_order import QueueEntry, may_join, order

TICKETS = st.lists(
    st.tuples(st.sampled_from(["a", "b", "c", None]), st.sampled_from(["waits", "works", "later"])),
    max_size=12,
).map(
    lambda rows: [
        QueueEntry(f"{number:02}", visitor, number if how != "later" else None, how == "works")
        for number, (visitor, how) in enumerate(rows)
    ]
)


@given(TICKETS)
def test_every_job_starts_once_and_no_visitor_overtakes_another_in_the_queue(entries):
    turns = order(entries)
    assert Counter(turns) == Counter(entry.id for entry in entries)
    place = {job: number for number, job in enumerate(turns)}
    for one in entries:
        for other in entries:
            if one.started and not other.started:
                assert place[one.id] < place[other.id]
            if one.joined is not None and other.joined is None and one.visitor == other.visitor:
                assert one.visitor is None or place[one.id] < place[other.id]
    in_line = [t.id for t in entries if t.joined is not None and not t.started]
    assert [job for job in turns if job in in_line] == in_line


def test_twenty_jobs_of_one_visitor_keep_another_waiting_for_one():
    mine = [QueueEntry(f"{number:02}", "me", 0 if number == 0 else None) for number in range(20)]
    turns = order([*mine, QueueEntry("20", "you", 5)])
    assert turns[:3] == ["00", "20", "01"]


def test_a_visitors_jobs_join_one_at_a_time():
    working, waiting = QueueEntry("01", "me", 1, started=True), QueueEntry("02", "me", None)
    assert not may_join(waiting, [working, waiting])
    assert may_join(waiting, [waiting, QueueEntry("03", "me", None), QueueEntry("00", "you", 1)])
    # A job that goes on after an interruption has an old id, and yet comes last.
    assert not may_join(QueueEntry("00", "me", None), [working])
    assert may_join(QueueEntry("02", None, None), [QueueEntry("01", None, 1)])

"""Processes of this program: how they are started."""

import os

import pytest

from mnist_core.system import processes, server_settings


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="Windows has no such numbers")
def test_what_is_started_gives_way_to_pages_from_its_first_moment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(server_settings.training_niceness.name)
    process = processes.start("timeit", "-n", "1", "-r", "1", "import time; time.sleep(30)")
    try:
        assert (
            os.getpriority(os.PRIO_PROCESS, process.pid)
            >= server_settings.training_niceness.default
        )
        processes.give_way(process.pid)
        assert (
            os.getpriority(os.PRIO_PROCESS, process.pid)
            >= server_settings.training_niceness.default
        )
        # In this session, as Linux may share processors among sessions first; but in a group of its
        # own, as Ctrl-C ends this one's.
        assert os.getsid(process.pid) == os.getsid(0)
        assert os.getpgid(process.pid) == process.pid
    finally:
        process.kill()
        process.wait()
    # It has ended: nothing to be done, and nothing to complain of.
    processes.give_way(process.pid)


def test_what_is_run_to_its_end_says_how_it_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    code, printed = processes.output_of("fileinput", b"a line\n")
    assert code == 0
    assert b"a line" in printed
    assert processes.output_of("no_such_module", b"")[0] == 1
    monkeypatch.setattr(processes, "_LONGEST_SECONDS", 0.01)
    with pytest.raises(TimeoutError, match="fileinput takes too long"):
        processes.output_of("fileinput", b"")

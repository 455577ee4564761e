import pytest
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from mnist_core.system.machine import Machine
from ui.visitors import memory_limits

MB = 1_000_000


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> MemoryUploadedFileManager:
    """What a server with 1 GB keeps: 24 MB for a page, 100 MB in all."""
    monkeypatch.setattr("mnist_core.system.machine.here", lambda: Machine(1_000, 2))
    return MemoryUploadedFileManager("/upload")


def send(files: MemoryUploadedFileManager, session: str, name: str, megabytes: int) -> None:
    memory_limits.make_room(files, session, megabytes * MB)
    files.add_file(session, UploadedFileRec(name, name, "image/png", bytes(megabytes * MB)))


def kept(files: MemoryUploadedFileManager) -> dict[str, list[str]]:
    return {session: list(stored) for session, stored in files.file_storage.items() if stored}


def test_a_page_keeps_its_latest_photos(files: MemoryUploadedFileManager) -> None:
    for number in range(5):
        send(files, "ann", f"photo {number}", 10)
    assert kept(files) == {"ann": ["photo 3", "photo 4"]}


def test_of_all_pages_the_one_with_most_makes_room(files: MemoryUploadedFileManager) -> None:
    for person in range(26):
        send(files, f"person {person}", "photo", 3)
    send(files, "hoarder", "one", 12)
    send(files, "hoarder", "two", 10)
    assert kept(files)["hoarder"] == ["one", "two"]
    send(files, "ann", "photo", 3)
    assert kept(files)["hoarder"] == ["two"]
    assert len(kept(files)) == 28, "nobody else has lost anything"


def test_a_small_machine_keeps_fewer_pages_asleep(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mnist_core.system.machine.here", lambda: Machine(1_000, 2))
    assert memory_limits.most_asleep() == 25
    monkeypatch.setattr("mnist_core.system.machine.here", lambda: Machine(64_000, 8))
    assert memory_limits.most_asleep() == 128

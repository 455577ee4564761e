"""Files to download, with Streamlit's own manager of files, while many visitors' pages run."""

from types import SimpleNamespace

import pytest
from streamlit.runtime import media_file_manager
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.media_file_storage import MediaFileStorageError
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from ui.server import kept_downloads

CHANGED = ("add", "add_deferred", "execute_deferred", "remove_orphaned_files")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    clock = SimpleNamespace(now=100.0)
    monkeypatch.setattr(kept_downloads, "time", SimpleNamespace(monotonic=lambda: clock.now))
    return clock


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch, clock: SimpleNamespace) -> MediaFileManager:
    monkeypatch.setattr(media_file_manager, "_get_session_id", lambda: "me")
    for name in CHANGED:
        monkeypatch.setattr(MediaFileManager, name, getattr(MediaFileManager, name))
    kept_downloads.keep_for_a_while.__wrapped__()
    return MediaFileManager(MemoryMediaFileStorage("/media"))


def run_of_others(files: MediaFileManager) -> None:
    for _ in range(3):
        files.remove_orphaned_files()


def is_there(files: MediaFileManager, url: str) -> bool:
    return files.read_file(url.rsplit("/", 1)[1].split(".")[0]) is not None


def test_a_file_made_at_a_click_waits_for_its_browser(
    files: MediaFileManager, clock: SimpleNamespace
) -> None:
    button = files.add_deferred(lambda: b"a card", "text/plain", "1.2", file_name="card.txt")
    url = files.execute_deferred(button)
    run_of_others(files)
    assert is_there(files, url)
    clock.now += kept_downloads.KEPT_SECONDS + 1
    run_of_others(files)
    assert not is_there(files, url)
    # Its button still makes another.
    assert is_there(files, files.execute_deferred(button))


def test_a_button_works_while_its_page_is_made_anew(
    files: MediaFileManager, clock: SimpleNamespace
) -> None:
    button = files.add_deferred(lambda: b"a card", "text/plain", "1.2", file_name="card.txt")
    table = files.add(b"a table", "text/csv", "1.3", is_for_static_download=True)
    picture = files.add(b"a picture", "image/png", "1.4")
    files.clear_session_refs("me")
    run_of_others(files)
    assert is_there(files, files.execute_deferred(button))
    assert is_there(files, table)
    # Pages show pictures, thirty a second: they are not kept.
    assert not is_there(files, picture)
    clock.now += kept_downloads.KEPT_SECONDS + 1
    run_of_others(files)
    assert not is_there(files, table)
    with pytest.raises(MediaFileStorageError):
        files.execute_deferred(button)

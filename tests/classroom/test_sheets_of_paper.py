"""Sheets of paper that come into a room as people."""

from types import SimpleNamespace
from typing import Any

import pytest

from mnist_core.classroom.drawings import read_drawing
from mnist_core.data import dataset
from mnist_core.handwriting.score import new_sheet
from mnist_core.paper.problems import UnreadableSheet
from tests.classroom.seats import class_of
from ui.classroom import sheets_of_paper
from ui.classroom.class_page import ClassPage


def test_a_sheet_is_one_person_with_twenty_digits_and_a_bad_photo_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = class_of(1, "write")
    found = room.store.find(room.code)
    assert found is not None
    page = ClassPage(found, None, is_teacher=True)
    sheet = new_sheet(1)
    for image in dataset.load("test").images[:20]:
        sheet = sheet.with_drawing(image)

    def read(data: bytes) -> SimpleNamespace:
        if data == b"bad":
            raise UnreadableSheet("blurred")
        return SimpleNamespace(sheet=sheet, remarks=())

    monkeypatch.setattr("mnist_core.paper.reading.read_sheet", read)
    assert sheets_of_paper._take(page, b"one") == ""
    # Sent again, it is the same person.
    assert sheets_of_paper._take(page, b"one") == ""
    assert "too blurred" in sheets_of_paper._take(page, b"bad")
    (paper,) = [one for one in room.store.people(room.code) if one.is_paper]
    kept = room.store.contributions(room.code, "write", paper.id)
    assert len(kept) == 20
    drawing = read_drawing(next(one.payload for one in kept if one.slot == "7-2"))
    assert drawing is not None
    assert drawing.label == 7


def test_the_remote_control_offers_the_sheets() -> None:
    app = class_of(1, "write").screen()
    app.toggle(key="class-paper").set_value(True).run()
    assert not app.exception
    buttons: Any = app.get("download_button")
    labels = [one.proto.label for one in buttons]
    assert labels[:2] == ["Sheet, A4 (PDF)", "Sheet, Letter (PDF)"]

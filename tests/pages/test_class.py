"""The page Class: coming in, the two sides of the teacher, the first step, and what is secret."""

import re
from functools import partial

import msgspec
import numpy as np
import pypdfium2
import pytest

from mnist_core.classroom import room as values
from mnist_core.classroom.ambiguous_digits import ELEMENTS
from mnist_core.classroom.drawings import ClassDrawing, write_drawing
from mnist_core.classroom.schema import FILE
from mnist_core.teaching_material import neuron_sheet
from mnist_core.teaching_material.worksheets import WORKSHEETS
from tests.visiting import address, has, picks, sent, text, visit
from ui.classroom import for_teachers

STEPS = len(values.STEPS)


def screen(right, view="screen"):
    return visit("class", room=right.room, view=view, steer=right.secret)


def come_in(code, name=""):
    app = visit("class", room=code)
    app.text_input(key="class-name").set_value(name)
    return app.button(key="class-enter").click().run()


def go_to(classes, code, step, **more):
    classes.steer(code, lambda state: msgspec.structs.replace(state, step=step, **more))


def press(app, key):
    return app.button(key=key).click().run()


def test_a_teacher_starts_a_class_with_one_click():
    app = press(visit("class"), "class-start")
    sign = sent(app, "class-sign")
    assert address(app)["view"] == "screen"
    assert address(app)["room"] == sign["code"]
    assert sign["link"].endswith(f"/class?room={sign['code']}")
    assert "secret" not in sign["link"]
    assert "steer" not in sign["link"]


def test_whoever_types_the_code_comes_to_the_door(right):
    app = visit("class")
    app.text_input(key="class-code").set_value(right.room.lower())
    app = press(app, "class-find")
    assert address(app) == {"room": right.room}
    assert app.button(key="class-enter").label == "Come in"


@pytest.mark.parametrize("typed", ["", "ZZZZ", "<b>x</b>", "' OR 1=1 --"])
def test_a_wrong_code_is_a_sentence(typed):
    app = visit("class")
    app.text_input(key="class-code").set_value(typed)
    app = press(app, "class-find")
    assert len(app.warning) == 1
    assert address(app) == {}


def test_the_address_of_a_room_that_is_gone_is_a_sentence(right, classes):
    classes.end(right.room)
    app = visit("class", room=right.room)
    assert "This class has ended" in text(app)
    assert app.button(key="class-start")


def test_who_comes_in_is_an_animal_or_the_name_that_was_typed(right, classes):
    come_in(right.room)
    app = come_in(right.room, "  Ada   <script>  ")
    assert [one.name for one in classes.people(right.room)] == ["", "Ada <script>"]
    assert sent(app, "class-me")["tags"][0]["text"] == "Ada <script>"
    tags = sent(screen(right), "class-people")["tags"]
    assert [tag["text"] for tag in tags] == ["Fox, red", "Ada <script>"]


def test_nobody_but_the_teacher_sees_the_screen(right):
    for guess in ("", "x" * 22, right.room):
        app = visit("class", room=right.room, view="screen", steer=guess)
        assert not has(app, "class-sign")
        assert app.button(key="class-enter")
    assert has(screen(right), "class-sign")


def test_the_lesson_goes_forward_and_back_through_all_steps(right, classes):
    app = screen(right)
    seen = []
    while not app.button(key="class-next").disabled:
        app = press(app, "class-next")
        state = classes.find(right.room).state
        seen.append((state.step, state.part, state.shown))
    assert [step for step, part, shown in seen if (part, shown) == (0, 0)] == list(values.STEPS[1:])
    assert ("guess", len(ELEMENTS) - 1, 2) in seen
    for _ in range(len(seen) * 2):
        if app.button(key="class-back").disabled:
            break
        app = press(app, "class-back")
    assert classes.find(right.room).state.step == "lobby"


def test_two_devices_that_press_next_at_once_go_on_by_one(right, classes):
    first, second = screen(right), screen(right, "remote")
    press(first, "class-next")
    press(second, "class-next")
    state = classes.find(right.room).state
    assert (state.step, state.part, state.shown) == ("guess", 0, 0)


def test_a_guess_is_on_the_screen_and_may_be_changed(right, classes):
    person = come_in(right.room)
    go_to(classes, right.room, "guess")
    person = picks(person.run(), "class-guess-0", 3)
    assert "You say 3" in text(person)
    person = picks(person, "class-guess-0", 2)
    rows = sent(screen(right), "class-votes")["rows"]
    assert {row["name"]: row["count"] for row in rows if row["count"]} == {"2": 1}
    assert not any(row["mark"] for row in rows)


def test_the_label_comes_first_and_the_networks_after_it(right, classes):
    person = come_in(right.room)
    go_to(classes, right.room, "guess")
    person = picks(person.run(), "class-guess-0", 2)
    app = press(screen(right), "class-next")
    rows = sent(app, "class-votes")["rows"]
    assert [row["name"] for row in rows if row["mark"]] == ["3"]
    assert "You say 2; the label says 3." in text(person.run())
    assert "What the networks say" not in text(app)
    assert "What the networks say" in text(press(app, "class-next"))
    # Who has seen the label guesses no more.
    person = picks(person, "class-guess-0", 3)
    assert [one.payload for one in classes.contributions(right.room, "guess")] == [b"2"]
    assert sent(person, "class-guess-0")["isOpen"] is False


def test_a_digit_that_is_none_counts_for_nobody(right, classes):
    person, _secret = classes.join(right.room, "browser")
    for payload in (b"", b"10", b"\xff", b"-1", b"1e5", "²".encode()):
        classes.contribute(right.room, person, "guess", {"0": payload})
        go_to(classes, right.room, "guess")
        assert not any(row["count"] for row in sent(screen(right), "class-votes")["rows"])


def test_hidden_names_are_nowhere_on_the_screen(right, classes):
    come_in(right.room, "Ada")
    go_to(classes, right.room, "lobby", hides_names=True)
    assert "Ada" not in str(sent(screen(right), "class-people"))


def test_people_run_ahead_only_where_they_may(right, classes):
    person = come_in(right.room)
    go_to(classes, right.room, "guess")
    assert not has(person.run(), "class-ahead")
    go_to(classes, right.room, "guess", may_run_ahead=True)
    person = picks(person.run(), "class-guess-0", 3)
    person = press(person, "class-next-part")
    assert has(person, "class-guess-1")
    # What the class has not been shown, nobody is shown.
    go_to(classes, right.room, "guess", may_run_ahead=True, shown=1)
    person = picks(person.run(), "class-guess-1", 4)
    assert "label" not in text(person)
    go_to(classes, right.room, "guess", may_run_ahead=False)
    assert has(person.run(), "class-guess-0")


def test_the_teacher_ends_the_class_only_when_sure(right, classes):
    app = screen(right)
    assert app.button(key="class-end").disabled
    app.checkbox(key="class-sure").check().run()
    app = press(app, "class-end")
    assert classes.find(right.room) is None
    assert "All of it is deleted" in text(app)


def test_the_remote_control_removes_somebody(right, classes):
    come_in(right.room)
    (person,) = classes.people(right.room)
    app = picks(screen(right, "remote"), "class-remove", 0)
    assert classes.people(right.room) == [person]
    press(app, "class-remove-now")
    assert classes.people(right.room) == []


def test_a_drawing_is_removed_in_two_taps_the_newest_first(right, classes):
    person, _secret = classes.join(right.room, "browser")
    for digit in (1, 2):
        image = np.full((28, 28), 100, np.uint8)
        drawing = write_drawing(ClassDrawing(digit, image))
        classes.contribute(right.room, person, "write", {f"{digit}": drawing})
    go_to(classes, right.room, "write")
    app = screen(right, "remote")
    app.toggle(key="class-remove-drawings").set_value(True).run()
    app = picks(app, "class-remove-drawing", 0)
    assert len(classes.contributions(right.room, "write")) == 2
    press(app, "class-remove-drawing-now")
    assert [one.slot for one in classes.contributions(right.room, "write")] == ["1"]


def test_what_somebody_typed_is_never_read_as_markdown(right):
    come_in(right.room, "![x](http://a.b/c)")
    for app in (screen(right), picks(screen(right, "remote"), "class-remove", 0)):
        labels = [one.label for one in (*app.button, *app.expander, *app.text_input)]
        assert "http://a.b" not in text(app) + str(labels)


def test_whoever_guesses_codes_is_stopped_whether_they_exist_or_not(right, classes, monkeypatch):
    monkeypatch.setenv("MNIST_HOSTED", "1")
    app = visit("class")
    seen = []
    for number in range(32):
        app.query_params["room"] = f"{number:04}" if number < 31 else right.room
        app = app.run()
        seen.append(app.warning[0].value)
    assert "ended" in seen[0]
    assert "codes in ten minutes" in seen[-1]
    # Who is inside stays inside.
    assert has(screen(right), "class-sign")


def test_a_closed_page_is_found_again(right, classes):
    app = press(visit("class"), "class-start")
    code = address(app)["room"]
    app.query_params.clear()
    app = press(app.run(), f"class-go-on-{code}")
    assert address(app)["view"] == "screen"


def test_the_secret_is_shown_only_when_it_is_asked_for(right):
    app = screen(right)
    assert right.secret not in str(app)
    app = press(app, "class-second-device")
    link = sent(app, "class-steer-sign")["link"]
    secret = re.search("steer=([^&]+)", link).group(1)
    assert has(visit("class", room=right.room, view="screen", steer=secret), "class-sign")


def test_a_damaged_file_is_a_sentence_for_everybody(models_directory):
    models_directory.mkdir(parents=True, exist_ok=True)
    (models_directory / FILE).write_bytes(b"no database" * 1000)
    app = visit("class", room="CCCC")
    assert not app.exception
    assert "cannot reach its classes" in text(app)


def test_a_teacher_reads_the_notes_and_comes_back():
    app = press(visit("class"), "class-to-notes")
    assert address(app)["view"] == "notes"
    assert "Notes for teachers" in text(app)
    assert [one.label for one in app.expander][1] == "Plans for 20, 45 and 90 minutes"
    app = press(press(app, "class-to-worksheets"), "class-from-teachers")
    assert address(app) == {}
    assert app.button(key="class-start")


def test_worksheets_are_made_in_the_language_of_who_asks_for_them():
    app = visit("class", view="worksheets", lang="de")
    assert "Arbeitsblätter" in text(app)
    assert len(app.get("download_button")) == 2 * len(WORKSHEETS) + 1
    made = for_teachers.in_language("de", partial(neuron_sheet.pdf, "A4", is_solved=False))
    page = pypdfium2.PdfDocument(made)[0].get_textpage().get_text_bounded()
    assert "Ein Netz von Hand" in page


def test_a_room_that_is_gone_is_said_whatever_the_view():
    app = visit("class", room="CCCC", view="notes")
    assert not app.expander

"""A class in browsers: a teacher's phone, a projector and two people play all seven steps."""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from playwright.sync_api import Browser, Page, expect

from mnist_core.classroom.store import ClassStore
from mnist_core.jobs import queue
from tests.e2e.app import KEEP_STILL, App
from tests.e2e.test_draw import Stroke, mouse_along, touch
from tests.e2e.test_score_hand import TEN
from tests.serving import Server

TRAINING_WAIT = 240_000
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 660},
    "has_touch": True,
    "is_mobile": True,
}
Draw = Callable[[App, Sequence[Stroke]], None]


class Class:
    """Four browsers that know nothing of each other, and what each does."""

    def __init__(self, browser: Browser, server: Server) -> None:
        self.server = server
        screens: tuple[dict[str, Any], ...] = ({}, PHONE, {}, PHONE)
        self._contexts = [browser.new_context(**screen) for screen in screens]
        for context in self._contexts:
            context.add_init_script(KEEP_STILL)
        pages = [App(context.new_page(), server.url) for context in self._contexts]
        self.screen, self.remote, *self.people = pages

    @property
    def pages(self) -> list[App]:
        return [self.screen, self.remote, *self.people]

    @property
    def pens(self) -> list[tuple[App, Draw]]:
        """Each person with the way they draw: one with a mouse, one with a finger."""
        return list(zip(self.people, [mouse_along, touch], strict=True))

    def close(self) -> None:
        for context in self._contexts:
            context.close()


@pytest.fixture
def room(browser: Browser, server: Server) -> Iterator[Class]:
    printed_before = server.log.stat().st_size
    found = Class(browser, server)
    yield found
    for job_id in queue.unfinished(root=server.models):
        queue.stop(job_id, root=server.models)
    errors = [app.unexpected_errors() for app in found.pages]
    found.close()
    assert errors == [[]] * len(errors)
    assert b"Traceback" not in server.log.read_bytes()[printed_before:]


def press(app: App, name: str | re.Pattern[str]) -> None:
    app.page.get_by_role("button", name=name).first.click()


def next_on(app: App, name: str) -> None:
    """The teacher goes on; the button says what comes."""
    expect(app.page.get_by_role("button", name=re.compile(f"^{re.escape(name)}"))).to_be_enabled()
    press(app, re.compile(f"^{re.escape(name)}"))


def go_to(remote: App, step: str) -> None:
    remote.page.get_by_role("combobox", name="Go to").select_option(step)


def follow(person: App, step: str) -> None:
    """The teacher has gone on; somebody's page has followed."""
    expect(person.page.get_by_role("heading", name=step, level=1)).to_be_visible()
    person.wait_idle()


def pad(page: Page, digit: int) -> None:
    page.locator(".pad button", has_text=str(digit)).click()


@pytest.mark.trains
def test_a_class_plays_all_seven_steps(room: Class, tmp_path: Path) -> None:
    screen, remote, people = room.screen, room.remote, room.people
    classes = ClassStore(room.server.models)

    # Coming in: the teacher's screen, two people, the teacher's phone.
    screen.open("class")
    press(screen, "Start a class")
    sign = screen.page.locator(".code")
    # The sign is there a moment before what is written on it.
    expect(sign).to_have_text(re.compile(r"^[A-Z]{4}$"))
    code = sign.inner_text()
    for number, person in enumerate(people):
        person.open(f"class?room={code}")
        if number == 1:
            person.page.get_by_label(re.compile("What shall we call you")).fill("Ada <b>")
        press(person, "Come in")
    for name in ("Fox, red", "Ada <b>"):
        expect(screen.page.get_by_text(name, exact=True)).to_be_visible()
    press(screen, "More")
    press(screen, "Steer from your phone")
    link = screen.page.locator("[data-testid=stCode]").inner_text()
    press(screen, "Hide it again")
    screen.page.keyboard.press("Escape")
    remote.open(link[link.index("class?") :])
    expect(remote.page.get_by_text("2 people are here")).to_be_visible()
    assert "steer" not in remote.page.url

    # 1. Guess first: the phone steers, the screen shows how the class is divided.
    next_on(remote, "Next: Guess first")
    for person, digit in zip(people, (3, 2), strict=True):
        follow(person, "Guess first")
        pad(person.page, digit)
    expect(screen.page.get_by_text("2 have answered")).to_be_visible()
    next_on(remote, "Show the label")
    expect(screen.page.locator(".row.marked .count")).to_have_text("1")
    expect(people[1].page.get_by_text("You say 2; the label says 3.")).to_be_visible()
    next_on(remote, "Show what networks say")
    expect(screen.page.get_by_text("What the networks say")).to_be_visible()

    # 2. Write: a digit or two each are enough here; one of them after a reload.
    go_to(remote, "Write")
    for person, draw in room.pens:
        follow(person, "Write")
        for number in range(2 if person is people[0] else 1):
            if number:
                person.page.reload()
                person.wait_idle()
            heading = person.page.get_by_role("heading", name=re.compile(r"^Draw an? \d"))
            asked = int(re.findall(r"\d", heading.inner_text())[0])
            person.wait_idle()
            draw(person, TEN[asked])
            press(person, "Next digit")
            expect(heading).not_to_have_text(re.compile(str(asked)))
    expect(screen.page.get_by_text("3 digits so far")).to_be_visible()
    next_on(screen, "Which network reads us best?")
    expect(screen.page.get_by_text(re.compile("of our 3"))).to_be_visible()

    # 3. See inside: one person's digit is on the screen.
    screen.page.keyboard.press("Escape")
    go_to(remote, "See inside")
    person, draw = room.pens[1]
    follow(person, "See inside")
    draw(person, TEN[7])
    press(person, "Send it to the screen")
    expect(screen.page.locator(".st-key-answer")).to_contain_text("7")

    # 4. Fool it: what is called a 4 is read as a 7, and the other says what it is.
    go_to(remote, "Fool it")
    artist, draw = room.pens[0]
    follow(artist, "Fool it")
    artist.page.locator(".st-key-fool-meant label", has_text="4").click()
    artist.wait_idle()
    draw(artist, TEN[7])
    press(artist, re.compile("^Send$"))
    reader = people[1]
    reader.page.locator("label", has_text="Read others: 1 waiting").click()
    pad(reader.page, 4)
    expect(screen.page.get_by_text("1 hit")).to_be_visible()

    # 5. Train: in the shortest budget; the curve is on the screen, then the result.
    # Somebody has left: nobody waits for them.
    reader.page.close()
    classes.steer(code, lambda state: msgspec.structs.replace(state, seconds=5))
    go_to(remote, "Train")
    follow(people[0], "Train")
    press(people[0], "Train it")
    expect(people[0].page.get_by_role("button", name="Train once more")).to_be_visible(
        timeout=TRAINING_WAIT
    )
    expect(screen.page.locator(".st-key-class-curves")).to_contain_text("Fox, red")

    # 6. Teach: three digits are too few, and the page says so.
    go_to(remote, "Teach")
    expect(screen.page.get_by_text(re.compile("digits"))).not_to_have_count(0)

    # 7. What we found: the sheet, the table, and a card for each person.
    go_to(remote, "What we found")
    follow(people[0], "What we found")
    with people[0].page.expect_download() as card:
        press(people[0], "Your card to keep")
    assert Path(card.value.path()).read_bytes().startswith(b"\x89PNG")
    press(screen, "Take it home")
    with screen.page.expect_download() as table:
        press(screen, "Everything as a table")
    rows = Path(table.value.path()).read_text("utf-8-sig")
    assert rows.count("\nguess,") == 2
    assert "Ada" not in rows

    # The end: nothing is left.
    screen.page.keyboard.press("Escape")
    remote.page.get_by_text("I want to end this class").click()
    press(remote, "End the class")
    expect(people[0].page.get_by_text("This class has ended")).to_be_visible()
    assert classes.find(code) is None

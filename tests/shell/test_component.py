"""A component is put together from the files beside a widget, and its picks are checked."""

import pytest

from tests.serving import ROOT
from ui.shell import component


@pytest.fixture
def registered(monkeypatch):
    """The arguments of the last component that was registered."""
    registered = {}
    monkeypatch.setattr(
        "streamlit.components.v2.component",
        lambda name, **files: registered.update(files, name=name),
    )
    return registered


def test_html_scripts_and_styles_beside_the_widget_are_joined(registered, tmp_path):
    folder = tmp_path / "lamp"
    folder.mkdir()
    for ending, text in {
        "html": '<div class="lamp">\n  <p>a bulb</p>\n</div>\n',
        "css": ".lamp {}",
        "js": "export default function () {}",
    }.items():
        (folder / f"lamp.{ending}").write_text(text)
    component.component(f"{folder / 'lamp.py'}", uses=("pixel_pointer", "field"))
    assert registered["name"] == "digit_lab.lamp"
    assert registered["html"] == '<div class="lamp"><p>a bulb</p></div>'
    parts = ["function clamp(", "function pointAtPixels(", "export default"]
    places = [registered["js"].index(part) for part in parts]
    assert places == sorted(places)
    assert registered["css"].startswith(".lamp {}")
    assert ".field {" in registered["css"]


def test_a_component_without_files_of_its_own_is_an_empty_element(registered, tmp_path):
    component.component(f"{tmp_path / 'nothing.py'}", "nothing")
    assert (registered["html"], registered["css"]) == ("<div></div>", "")


@pytest.mark.parametrize(("value", "picked"), [(2, [2]), (3, []), (True, []), ("1", [])])
def test_only_a_position_that_exists_is_passed_on(monkeypatch, value, picked):
    found = []
    monkeypatch.setattr(component.st, "session_state", {"key": {"picked": value}})
    component.when_picked("key", 3, found.append)()
    component.when_picked("key", 3, None)()
    assert found == picked


def test_comments_and_spaces_are_not_sent_and_lines_stay_lines():
    script = """
    // What it does.
    /**
     * More of that.
     */
    export function add(one, other) {
      // Why.
      const text = "a // b"; // not this
      return one - -other > 3 ? { text } : `c // d`;
    }
    const address = "http://x.org";
    """
    assert component.without_comments(script).split("\n") == [
        "export function add(one,other){",
        'const text = "a // b"; // not this',
        "return one - -other > 3 ? { text } : `c // d`;",
        "}",
        'const address = "http://x.org";',
    ]


@pytest.mark.parametrize("script", sorted((ROOT / "ui").rglob("*.js")), ids=lambda one: one.stem)
def test_no_text_of_a_script_goes_on_in_a_second_line(script):
    # Then no space and no line of it would be left out.
    for line in component.without_comments(script.read_text("utf-8")).splitlines():
        assert line.count("`") % 2 == 0, line

"""Headings that change in place."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]


def _changing_headings(path: Path) -> Iterator[int]:
    """The lines where Streamlit's own heading is given words that are worked out."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Call(
                func=ast.Attribute(attr="title" | "header" | "subheader", value=ast.Name(id="st")),
                args=[words, *_],
            ) if not _stays(words):
                yield node.lineno


def _stays(words: ast.expr) -> bool:
    """Whether it is always the same text, or its translation into the language that was chosen."""
    match words:
        case ast.Constant() | ast.Call(func=ast.Name(id="_"), args=[ast.Constant()], keywords=[]):
            return True
    return False


def test_no_heading_of_streamlits_changes_in_place():
    """It would keep its old words in a page that the browser has translated."""
    files = [path for room in ("pages", "ui") for path in (ROOT / room).rglob("*.py")]
    assert len(files) > 50
    found = {str(path): lines for path in files if (lines := list(_changing_headings(path)))}
    assert not found


def test_a_heading_that_changes_is_noticed(tmp_path):
    page = tmp_path / "page.py"
    page.write_text(
        'st.header(_("Draw"))\nst.subheader(f"Draw a {digit}", anchor=False)\n'
        'st.title(_("Draw a {digit}", digit=digit))\n'
    )
    assert list(_changing_headings(page)) == [2, 3]

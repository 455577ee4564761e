"""What visitors read is written as people write: nothing of what the style table strikes out."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PYTHON = [
    ROOT / "streamlit_app.py",
    *(
        path
        for room in ("pages", "ui", "mnist_core")
        for path in sorted((ROOT / room).rglob("*.py"))
    ),
]
SCRIPTS = sorted((ROOT / "ui").rglob("*.js"))
PAGES = sorted([*(ROOT / "ui").rglob("*.html"), *(ROOT / "ui").rglob("*.toml")])
# `README.de.md` is German.
_ENGLISH = sorted(path for path in (ROOT / "docs").rglob("*.md") if "." not in path.stem)
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *_ENGLISH]

# Where a text is put together, this stands for what is filled in.
_FILLED_IN = "\N{WHITE SQUARE}"

_NOT_SAID = (
    r"\brightly\b",
    r"\bwrongly\b",
    r"how much does it stand",
    r"\blay under\b",
    r"learned by heart",
    r"network of one's own",
    r"holds? (most )?likely",
    r"better than ever before",
    r"nobody is asked who they are",
    r"give or take a lot",
    r"as it likes",
    r"(stand|get)s? in line",
    r"whose turn",
    r"\ba (8|11|18)\b",
    r"\ban (7|1|2|3|4|5|6|9|0|10|12)\b",
    rf"[0-9{_FILLED_IN}]\s%",
)
_NOT_WRITTEN = re.compile("|".join(_NOT_SAID), re.IGNORECASE)
_NO_COMMA = re.compile(r"(?:^|(?<=[\s“*]))[1-9][0-9]{4,}(?=[\s.,;:”*]|$)")

_SCRIPT_TEXT = re.compile(
    r"""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`""", re.DOTALL
)
_CODE_IN_DOCUMENT = re.compile(r"^```.*?^```|`[^`\n]*`|\]\([^)]*\)", re.DOTALL | re.MULTILINE)


def _python_texts(path: Path) -> Iterator[tuple[str, bool]]:
    """Every string of a module as it reads, and whether it is a docstring."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    docstrings = {node.value for node in nodes if isinstance(node, ast.Expr)}
    parts = {part for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in nodes:
        match node:
            case ast.JoinedStr(values=values):
                yield "".join(map(_part, values)), False
            case ast.Constant(value=str(text)) if node not in parts:
                yield text, node in docstrings


def _part(node: ast.expr) -> str:
    return str(node.value) if isinstance(node, ast.Constant) else _FILLED_IN


def _script_texts(path: Path) -> Iterator[str]:
    for text in _SCRIPT_TEXT.findall(path.read_text("utf-8")):
        if not text.startswith(("//", "/*")):
            yield re.sub(r"\$\{[^}]*\}", _FILLED_IN, text[1:-1])


def _no_comma(text: str) -> list[str]:
    return _NO_COMMA.findall(text) if " " in text else []


def _faults(texts: Iterator[tuple[str, bool]]) -> list[str]:
    """The struck-out words in these texts, and the numbers without a comma except in docstrings."""
    found = []
    for text, is_docstring in texts:
        found += [fault.group() for fault in _NOT_WRITTEN.finditer(text)]
        found += [] if is_docstring else _no_comma(text)
    return found


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_python_says_it_in_plain_english(path: Path) -> None:
    assert _faults(_python_texts(path)) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_javascript_says_it_in_plain_english(path: Path) -> None:
    assert _faults((text, False) for text in _script_texts(path)) == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_html_and_the_glossary_say_it_in_plain_english(path: Path) -> None:
    assert _faults(iter([(path.read_text("utf-8"), False)])) == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_documents_say_it_in_plain_english(path: Path) -> None:
    prose = _CODE_IN_DOCUMENT.sub(" ", path.read_text("utf-8"))
    assert _faults(iter([(prose, False)])) == []


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("9,914 of 10,000 are read correctly: 99.14%, and an 8 is a 3.", []),
        ("An 11 is no 110, and a 180 is a number.", []),
        ("It reads a 8 wrongly.", ["a 8", "wrongly"]),
        ("99.1 % of 60000 images.", ["1 %", "60000"]),
        (f"{_FILLED_IN} % are right", [f"{_FILLED_IN} %"]),
        ("Whose turn is it? A 18 gets in line.", ["Whose turn", "A 18", "gets in line"]),
    ],
)
def test_a_fault_is_found_wherever_it_stands(text: str, faults: list[str]) -> None:
    assert _faults(iter([(text, False)])) == faults

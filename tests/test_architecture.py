"""The rules of the house that import-linter cannot see."""

import ast
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "pages").glob("*.py"))
UI = sorted((ROOT / "ui").rglob("*.py"))
MODULES = [path for room in ("mnist_core", "ui", "pages") for path in (ROOT / room).rglob("*.py")]
DOOR = ROOT / "streamlit_app.py"
NAVIGATION = ROOT / "ui" / "shell" / "navigation.py"

# Runs in a process of its own, so that nothing another test imported is counted.
_RUN_EVERY_PAGE = """
import sys
from streamlit.testing.v1 import AppTest

modules, pages = sys.argv[1].split(), sys.argv[2].split()
imports = AppTest.from_string("import " + ", ".join(modules), default_timeout=120).run()
assert not imports.exception, imports.exception
app = AppTest.from_file("streamlit_app.py", default_timeout=120).run()
for page in pages:
    app.switch_page(page).run()
    assert not app.exception, (page, app.exception)
    assert app.title, f"{page} has no title"
for address in sys.argv[3].split():
    page, *queries = address.split("?")
    app.switch_page(page)
    for query in queries:
        name, _, values = query.partition("=")
        app.query_params[name] = values.split("&")
    app.run()
    assert not app.exception, (address, app.exception)
HEAVY = {"tensorflow", "keras", "h5py", "pandas", "pyarrow", "altair", "sklearn", "scipy"}
print(*sorted(HEAVY & set(sys.modules)))
"""


# Views with tables, in which the libraries of tables would be found.
TABLES = (
    "pages/train.py?view=runs?run=mlp-784&cnn-32-32",
    "pages/mistakes.py?view=table",
    "pages/mistakes.py?view=labels",
)


def test_web_process_never_loads_tensorflow_pandas_or_hdf5() -> None:
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in UI
        if path.stem != "__init__"
    ]
    pages = [path.relative_to(ROOT).as_posix() for path in PAGES]
    assert modules
    assert pages
    run = subprocess.run(
        [sys.executable, "-c", _RUN_EVERY_PAGE, *map(" ".join, (modules, pages, TABLES))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == []


def test_every_page_is_in_the_navigation() -> None:
    listed = re.findall(r'st\.Page\(\s*_ROOT / "(pages/\w+\.py)"', NAVIGATION.read_text())
    assert sorted(listed) == [path.relative_to(ROOT).as_posix() for path in PAGES]


@pytest.mark.parametrize(
    ("names", "home"),
    [({"st_canvas"}, "canvas.py"), ({"cache_data", "cache_resource"}, "cached.py")],
)
def test_has_one_home(names: set[str], home: str) -> None:
    users = {path.name for path in [DOOR, *PAGES, *UI] if names & _names(path)}
    assert users == {home}


def test_no_page_shows_what_imports_pandas() -> None:
    elements = re.compile(r"st\.table\(|\.(dataframe|data_editor|(line|bar|area|altair)_chart)\(")
    users = {path.name for path in [DOOR, *PAGES, *UI] if elements.search(path.read_text("utf-8"))}
    assert users == set()


def test_visitors_text_never_becomes_html() -> None:
    users = {path.name for path in [DOOR, *PAGES, *UI] if "unsafe_allow_html" in _names(path)}
    assert users == set()


def test_a_page_is_a_short_straight_script() -> None:
    long = {path.name: lines for path in PAGES if (lines := _lines(path)) >= 120}
    assert long == {}


def test_ci_runs_what_everybody_runs() -> None:
    commands = [
        line
        for line in (ROOT / ".ci" / "run").read_text().splitlines()
        if line and not line.startswith(("#", "set ", "cd "))
    ]
    assert commands == ["exec make test"]
    assert "make test" in (ROOT / ".github" / "workflows" / "test.yml").read_text()


def test_make_test_hides_no_step() -> None:
    recipe = subprocess.run(
        ["make", "--dry-run", "--always-make", "test"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for step in ("ruff check", "ruff format", "mypy", "lint-imports", "ensure_browser", "pytest"):
        assert step in recipe
    assert "|| true" not in recipe


@pytest.mark.parametrize(
    "file", ["requirements.txt", "requirements-cluster.txt", "requirements-dev.txt"]
)
def test_requirements_have_both_bounds(file: str) -> None:
    lines = (ROOT / file).read_text().splitlines()
    wanted = [line for line in lines if line and not line.startswith(("#", "-r "))]
    assert wanted
    assert [line for line in wanted if not re.match(r"[\w-]+>=[\d.]+,<[\d.]+(;|$)", line)] == []


def _names(path: Path) -> set[str]:
    """Every name, attribute, import and keyword in a file; comments and strings do not count."""
    found = set[str]()
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
                found.add(name)
            case ast.keyword(arg=str(name)):
                found.add(name)
            case _:
                pass
    return found


def _lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def test_a_folder_holds_at_most_twenty_modules() -> None:
    counts = Counter(path.parent for path in MODULES if path.stem != "__init__")
    assert {str(folder): count for folder, count in counts.items() if count > 20} == {}


def test_every_room_says_in_a_sentence_or_two_what_lives_there() -> None:
    rooms = {path.parent for path in MODULES}
    for room in rooms - {ROOT / "pages"}:
        text = ast.get_docstring(ast.parse((room / "__init__.py").read_text())) or ""
        sentences = re.findall(r"[.](?:\s|$)", text)
        assert 1 <= len(sentences) <= 2, room


def test_the_front_door_is_for_others() -> None:
    """Inside, everybody imports from the room itself."""
    for path in MODULES:
        if path.parent == ROOT / "mnist_core" and path.stem == "__init__":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            assert not (isinstance(node, ast.ImportFrom) and node.module == "mnist_core"), path

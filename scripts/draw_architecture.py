"""Draw docs/images/rooms.svg: the folders of the code as rooms, one floor above the other.

    python -m scripts.draw_architecture

Floors and arrows are read off the import contract in pyproject.toml and the imports themselves;
tests/test_docs.py fails when the picture is out of date.
"""

import ast
import tomllib
from html import escape
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "images" / "rooms.svg"

Arrow = tuple[str, str]

_WIDTH, _FLOOR, _BOX_WIDTH, _BOX_HEIGHT = 880, 66, 164, 40
_STYLE = (
    "text{font:14px sans-serif;fill:#1f1d1a;text-anchor:middle}"
    "rect{fill:#f0ede6;stroke:#d9d4c9}path{fill:none;stroke:#2a4fb0;stroke-opacity:.45}"
)


def floors() -> list[list[str]]:
    """The rooms, the highest floor first, as the import contract has them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = next(one["layers"] for one in contracts if one["type"] == "layers")
    return [[room.strip(" ()") for room in layer.split("|")] for layer in layers]


def purpose(room: str) -> str:
    """The first sentence of a room's docstring."""
    place = ROOT.joinpath(*room.split("."))
    file = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    text = (ast.get_docstring(ast.parse(file.read_text("utf-8"))) or "") if file.exists() else ""
    return text.split("\n\n")[0].replace("\n", " ")


def arrows() -> list[Arrow]:
    """Which room imports which, without those that follow from two others."""
    rooms = [room for floor in floors() for room in floor]
    # Its cache told of imports that a merge had taken away.
    graph = grimp.build_graph(
        "mnist_core", "ui", "pages", exclude_type_checking_imports=True, cache_dir=None
    )
    found = set()
    for module in graph.modules:
        for imported in graph.find_modules_directly_imported_by(module):
            pair = (_room_of(module, rooms), _room_of(imported, rooms))
            if all(pair) and pair[0] != pair[1]:
                found.add(pair)
    return sorted(pair for pair in found if not _is_detour(pair, found))


def svg() -> str:
    """The picture."""
    rows = floors()
    places = {
        room: (_WIDTH * (column + 1) / (len(row) + 1), 10 + level * _FLOOR)
        for level, row in enumerate(rows)
        for column, room in enumerate(row)
    }
    height = len(rows) * _FLOOR
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img">',
        "<title>The rooms of the code; arrows point to what a room imports</title>",
        f'<style>{_STYLE}</style><rect width="{_WIDTH}" height="{height}" style="fill:#fbfaf7"/>',
    ]
    for one, other in arrows():
        (x, y), (to_x, to_y) = places[one], places[other]
        start, end = y + _BOX_HEIGHT, to_y
        parts.append(
            f'<path d="M{x:.0f} {start} C{x:.0f} {start + 25} {to_x:.0f} {end - 25} '
            f'{to_x:.0f} {end}"/>'
        )
    for room, (x, y) in places.items():
        parts.append(
            f"<g><title>{escape(purpose(room))}</title>"
            f'<rect x="{x - _BOX_WIDTH / 2:.0f}" y="{y}" width="{_BOX_WIDTH}" '
            f'height="{_BOX_HEIGHT}" rx="6"/><text x="{x:.0f}" y="{y + 25}">{room}</text></g>'
        )
    return "\n".join([*parts, "</svg>\n"])


def _room_of(module: str, rooms: list[str]) -> str:
    fitting = [room for room in rooms if f"{module}.".startswith(f"{room}.")]
    return max(fitting, key=len, default="")


def _is_detour(pair: Arrow, every: set[Arrow]) -> bool:
    """Whether there is a longer way from the first room to the second."""
    start, goal = pair
    reached, open_ends = {start}, [other for one, other in every if one == start and other != goal]
    while open_ends:
        room = open_ends.pop()
        if room == goal:
            return True
        if room not in reached:
            reached.add(room)
            open_ends += [other for one, other in every if one == room]
    return False


if __name__ == "__main__":
    PICTURE.write_text(svg(), "utf-8")

"""A widget that gets new data shows it, just as if it had begun with it: each of ours.

Pages without a browser say what they send to a widget at two addresses; a bare page in the browser
gives a widget the first data and then the second, and another one the second alone.
"""

from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page

from mnist_core.networks import recipes
from mnist_core.networks.layers import explain
from tests.serving import ROOT
from tests.visiting import components, visit
from ui.shell.component import as_base64

# Two visits: page, what both addresses say, what tells them apart. Together they show all widgets.
VISITS: tuple[tuple[str, dict[str, str], dict[str, str], dict[str, str]], ...] = (
    ("browse", {}, {"index": "500"}, {"set": "test", "index": "9999", "digit": "4"}),
    ("browse", {"view": "pixels"}, {"index": "500"}, {"index": "7"}),
    ("browse", {"view": "alike"}, {"index": "500"}, {"index": "7"}),
    ("browse", {"view": "preparation"}, {"index": "500"}, {"index": "0"}),
    ("browse", {"view": "map"}, {"way": "umap"}, {"way": "pca", "colour": "mlp-784"}),
    ("browse", {"view": "sheets"}, {"set": "train"}, {"set": "test", "order": "label"}),
    ("browse", {"view": "shape"}, {"set": "train"}, {"set": "test"}),
    ("mistakes", {"view": "matrix"}, {"model": "mlp-784"}, {"model": "cnn-simple", "label": "4"}),
    ("mistakes", {"view": "why"}, {"model": "cnn-simple"}, {"model": "cnn-larger", "index": "8"}),
    ("mistakes", {"view": "table"}, {"model": "mlp-784"}, {"model": "cnn-simple"}),
    ("mistakes", {"view": "sure"}, {"model": "mlp-784"}, {"model": "cnn-simple"}),
    (
        "mistakes",
        {"view": "robust"},
        {"model": "mlp-800-sgd"},
        {"model": "mlp-784", "change": "blur"},
    ),
    ("mistakes", {"view": "compare"}, {"other": "mlp-784"}, {"other": "cnn-simple"}),
    ("train", {"view": "own"}, {"recipe": "mlp-784"}, {"recipe": "cnn-simple"}),
    ("train", {}, {}, {}),
    ("draw", {}, {}, {}),
    ("home", {}, {}, {}),
)

WIDGETS = ROOT / "ui" / "widgets"
Parts = dict[str, str]
Pair = tuple[Any, Any]

# What no two visits send: it takes a drawing, a training, or a list that grows.
_TOUR = {
    "count": "2 of 7",
    "words": "Draw a 7.",
    "done": False,
    "go": "",
    "cookies": ["a", "b", "c"],
    "names": {"tour": "Tour", "leave": "Leave the tour", "language": "en"},
}


def _show(state: str, count: int) -> dict[str, Any]:
    """A training at one moment: `count` of everything."""
    said = f"{count} of it"
    tile = {"state": state, "own": True, "answer": said, "alternative": said}
    points = [[0.5, number / 4] for number in range(count)]
    line = {"kind": "new", "name": said, "points": points}
    head = {"figure": said, "words": said, "state": said, "left": said, "share": count / 4}
    curve = {"title": said, "finding": said, "ticks": [], "epochs": [], "marks": points}
    looks = {"title": said, "sprite": "", "count": count, "finding": said, "none": said}
    return {
        **head,
        "curve": curve | {"lines": [line] * count},
        "reads": {"title": said, "sprite": "", "tiles": [tile] * count},
        "looks": looks,
    }


def _photo(ink: int, readings: str) -> dict[str, Any]:
    """A photo with a box for each reading."""
    file = BytesIO()
    Image.new("L", (80, 60), ink).save(file, "JPEG")
    boxes = [
        {
            "reading": one,
            "name": f"{one}, sure",
            "unsure": one == "?",
            "place": [0.1, 0.2, 0.5, 0.3],
        }
        for one in readings
    ]
    return {
        "picture": as_base64(file.getvalue()),
        "alternative": f"Your photo, with {len(boxes)} frames",
        "label": f"{len(boxes)} digits",
        "selected": len(boxes) - 1,
        "boxes": boxes,
    }


def _table(titles: list[str], rows: list[list[str]], selected: int | None) -> dict[str, Any]:
    """Data of a table to sort and to pick from."""
    return {
        "titles": titles,
        "helps": ["" if title == "run" else "what it is" for title in titles],
        "rows": rows,
        "numbers": {"1": [len(text) for _, text, *_ in rows]},
        "named": 0,
        "label": f"{len(rows)} runs",
        "is_short": len(rows) < 3,
        "selected": selected,
    }


def _bars(count: int) -> dict[str, Any]:
    """What a network reads before and after, of so many sets of digits."""
    bar = {"name": "before", "share": 0.8, "low": 0.7, "high": 0.9, "figure": "8 of 10"}
    bars = [bar | {"isAfter": False}, bar | {"name": "after", "isAfter": True}][:count]
    return {"groups": [{"title": f"{n} digits", "words": "", "bars": bars} for n in range(count)]}


def _cards(titles: list[str]) -> dict[str, Any]:
    """Cards without drawings, one for each title."""
    card = {"colour": "red", "note": "✓", "lines": ["meant 7"], "alternative": "a 7"}
    cards = [
        {**card, "key": title, "title": title, "tiles": ["", ""], "address": ""} for title in titles
    ]
    return {
        "cards": cards,
        "tiles": 2,
        "side": 28,
        "label": f"{len(cards)} people",
        "sizes": [56, 28],
        "below": 90,
        "least": 10,
        "narrowest": 12,
        "one_line": False,
    }


def _curves(count: int) -> dict[str, Any]:
    """So many trainings of a class, all over."""
    kinds = [{"title": f"Network {n}", "kind": n} for n in range(count)]
    place = {"at": 0.9, "low": 0.8, "high": 0.95, "luck": True, "me": False}
    return {
        "status": f"{count} have trained",
        "finding": f"{count} curves",
        "seconds": 10,
        "bottom": 0.5,
        "top": 1.0,
        "band": "as good",
        "ticks": [[0.9, "90%"]],
        "lines": [
            {"points": [[0, 0.5], [n + 1, 0.9]], "kind": n, "state": "over"} for n in range(count)
        ],
        "ladder": [{**place, "kind": n} for n in range(count)],
        "ranking": [
            {"rank": "1", "name": f"Fox {n}", "figure": "90%", "kind": n, "luck": True, "me": False}
            for n in range(count)
        ],
        "kinds": kinds,
    }


def _tags(texts: list[str], *, clickable: bool) -> dict[str, Any]:
    """People with these names."""
    tags = [{"text": one, "colour": "blue", "note": one[:1], "here": one != "Ada"} for one in texts]
    return {
        "tags": tags,
        "label": f"{len(tags)} people",
        "large": clickable,
        "clickable": clickable,
    }


def _votes(*counts: int) -> dict[str, Any]:
    """How a class is divided; the first answer is marked."""
    rows = [
        {"name": f"{n}", "count": count, "mark": "" if n else "the label"}
        for n, count in enumerate(counts)
    ]
    return {"rows": rows, "label": f"{sum(counts)} votes"}


MADE_UP: dict[str, list[dict[str, Any]]] = {
    "answer": [{"reading": "a 7?", "certainty": "not sure: maybe a 7", "inRow": False}],
    "tour_bar": [_TOUR, {**_TOUR, "words": "Done.", "done": True, "go": "Next: train"}, _TOUR],
    "network_cards": [{"cards": []}],
    "before_after": [_bars(1), _bars(2), _bars(0)],
    "class_curves": [_curves(1), _curves(3), _curves(0)],
    "digit_pad": [{"label": "Which?", "chosen": chosen} for chosen in (-1, 3, 0)],
    "ink_cards": [_cards(["Fox", "Owl"]), _cards(["Owl"]), _cards([])],
    "name_tags": [
        _tags(["Ada", "Bob"], clickable=False),
        _tags(["Bob"], clickable=True),
        _tags([], clickable=False),
    ],
    "room_sign": [
        {"png": "", "link": f"http://x.y/class?room={code}", "words": code, "code": code, "size": 9}
        for code in ("KRMT", "", "FHJL")
    ],
    "vote_bars": [_votes(3, 0), _votes(1, 2, 5), _votes(0)],
    "photo_boxes": [_photo(90, "3?7"), _photo(200, "4"), _photo(90, "3?7")],
    "sortable_table": [
        _table(["run", "time"], [["a", "9 s"], ["b", "12 s"]], 1),
        _table(["run", "time", "seed"], [["c", "9 s", "0"], *([["d", "1 s", "1"]] * 3)], None),
        _table(["run", "time"], [["a", "9 s"]], 0),
    ],
    "tell_when_done": [
        {"event": "a", "is_over": is_over, "title": "Done", "words": "98%"}
        for is_over in (False, True, False)
    ],
    "training_show": [_show("wrong", 1), _show("right", 2), _show("waiting", 0)],
    "choice": [
        {
            "title": "I draw a",
            "options": options,
            "chosen": chosen,
            "show_title": True,
            "as_list": False,
        }
        for options, chosen in ((["1", "2"], -1), (["1", "2", "both"], 1), (["1", "2"], -1))
    ],
}
ALWAYS_THE_SAME = {"copy_link"}
# Without a page of ours around them these have nothing to do: they act on other elements.
ACTING = {
    "canvas_overlay",
    "live_reader",
    "live_strokes",
    "network_flow",
    "scroll_into_view",
}

_MOUNT = """async ([parts, datas]) => {
    const host = document.body.appendChild(document.createElement("div"));
    host.style.cssText = "width: 700px; --st-text-color: rgb(31, 29, 26)";
    const shadow = host.attachShadow({ mode: "open" });
    shadow.innerHTML = `<div>${parts.html}</div><style>${parts.css}</style>`;
    const source = URL.createObjectURL(new Blob([parts.js], { type: "text/javascript" }));
    const { default: show } = await import(source);
    const calls = { setStateValue() {}, setTriggerValue() {}, key: "key", name: "name" };
    const cleanUps = [];
    // Streamlit may clean up after the first data when the second is shown already.
    for (const data of datas) cleanUps.push(await show({ data, parentElement: shadow, ...calls }));
    cleanUps.pop();
    for (const cleanUp of cleanUps) cleanUp?.();
    const pause = (time) => new Promise((done) => setTimeout(done, time));
    await pause(150);
    // Pictures that are decoded meanwhile.
    const isWaiting = () => shadow.querySelector("[data-sharp=false]");
    for (let round = 0; round < 100 && isWaiting(); round++) await pause(50);
    const seen = (node) => {
        if (node.nodeType !== Node.ELEMENT_NODE) return node.textContent;
        const attributes = [...node.attributes]
            // A digit that has just turned from wrong to right may say so; no class is none.
            .map(({ name, value }) => [name, value.replace(/blob:[^"]*| turned$/, "")])
            .filter(([name, value]) => value || name !== "class")
            .map((pair) => pair.join("="))
            .sort();
        const { value, checked, disabled, selectedIndex, hidden } = node;
        const ink = node.localName === "canvas" && node.width ? node.toDataURL() : "";
        const state = { value, checked, disabled, selectedIndex, hidden };
        return [node.localName, attributes, state, ink,
            [...node.childNodes].map(seen)];
    };
    const shown = JSON.stringify(seen(shadow.firstChild), null, 1);
    host.remove();
    return shown;
}"""


def networks() -> list[dict[str, Any]]:
    """What the picture of a network is sent for two of them."""
    # A visit to the page must have made the component before.
    from ui.widgets.architecture.architecture import blocks, finding

    made = []
    for position, name in enumerate(("cnn-simple", "mlp-784")):
        layers = recipes.get(name).layers
        explained = explain(layers)
        said = {"blocks": blocks(layers, explained), "finding": finding(layers, explained)}
        made.append({**said, "chosen": position, "pickable": True})
    return made


def parts_of(name: str) -> Parts:
    """The files of a widget that no visit above shows, with all that `component` may put before."""
    folder, shared = WIDGETS / name, WIDGETS / "shared"
    others = {*folder.glob("*.js")} - {folder / f"{name}.js"}
    scripts = [*sorted(shared.glob("*.js")), *others, folder / f"{name}.js"]
    return {
        "html": (folder / f"{name}.html").read_text("utf-8"),
        "css": (folder / f"{name}.css").read_text("utf-8"),
        "js": "\n".join(script.read_text("utf-8") for script in scripts),
    }


@pytest.fixture(scope="module")
def sent() -> dict[str, tuple[Parts, list[Pair]]]:
    """Of every component that is on a page: its parts, and pairs of data that it was sent.

    Where the same one was sent the same both times, the data of two of its kind make a pair.
    """
    parts: dict[str, Parts] = {}
    pairs: dict[str, list[Pair]] = {}
    seen: dict[str, list[Any]] = {}
    for page, both, first, second in VISITS:
        before, after = (
            components(visit(page, None, **both, **query)) for query in (first, second)
        )
        for key, (name, its_parts, data) in before.items():
            parts[name] = its_parts
            seen.setdefault(name, []).append(data)
            if key in after and after[key][2] != data:
                pairs.setdefault(name, []).append((data, after[key][2]))
    for name, made_up in (MADE_UP | {"architecture": networks()}).items():
        real = seen.get(name, [])[-1:]
        pairs.setdefault(name, []).extend(pairwise([*real, *made_up, *real]))
        parts.setdefault(name, parts_of(name))
    for name in seen.keys() - pairs.keys():
        pairs[name] = [pair for pair in pairwise(seen[name]) if pair[0] != pair[1]]
    return {name: (parts[name], pairs[name]) for name in parts}


@pytest.fixture(scope="module")
def bare(browser: Any) -> Iterator[Page]:
    page = browser.new_page()
    page.route("http://nowhere/**", lambda route: route.fulfill(body="", content_type="text/html"))
    page.goto("http://nowhere/")
    page.set_content("<script type=module src=/app/static/js/index.js></script>")
    yield page
    page.close()


def test_every_widget_of_ours_is_looked_at(sent: dict[str, tuple[Parts, list[Pair]]]) -> None:
    files = WIDGETS.glob("*/*.html")
    looked_at = {name for name, (_, pairs) in sent.items() if pairs}
    assert {file.stem for file in files} - ACTING - ALWAYS_THE_SAME - looked_at == set()


def test_new_data_are_shown_as_if_there_had_been_no_other(
    sent: dict[str, tuple[Parts, list[Pair]]], bare: Page
) -> None:
    wrong = []
    for name in sorted(sent.keys() - ACTING):
        parts, pairs = sent[name]
        for before, after in pairs:
            changed = bare.evaluate(_MOUNT, [parts, [before, after]])
            fresh = bare.evaluate(_MOUNT, [parts, [after]])
            if changed != fresh:
                lines = zip(changed.splitlines(), fresh.splitlines(), strict=False)
                wrong.append((name, next((line for line in lines if line[0] != line[1]), "length")))
    assert wrong == [], "\n".join(map(str, wrong))

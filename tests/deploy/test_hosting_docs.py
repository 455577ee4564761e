import re

import pytest

from mnist_core.system import capacity
from mnist_core.system.machine import Machine
from tests.serving import ROOT

TEXT = (ROOT / "docs" / "hosting.md").read_text("utf-8")
_PATH = re.compile(r"(?:deploy|benchmarks|tests|docs)/[\w./@-]+|compose[\w.]*\.yaml")
_ROW = re.compile(r"^\| \[.*?\), (\d+) GB, (\d+) cores? \| (\d+) \| (\d+)", re.MULTILINE)


@pytest.mark.parametrize("path", sorted(set(_PATH.findall(TEXT))))
def test_every_file_that_it_names_is_there(path) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("module", sorted(set(re.findall(r"python -m ([\w.]+)", TEXT))))
def test_every_command_that_it_names_is_there(module) -> None:
    place = ROOT.joinpath(*module.split("."))
    assert place.with_suffix(".py").exists() or module == "venv"


@pytest.mark.parametrize(("memory", "cores", "people", "trainings"), _ROW.findall(TEXT))
def test_it_promises_what_the_app_takes_from_the_machine(memory, cores, people, trainings) -> None:
    # A container's gigabyte is 1024 times 1024 times 1024 bytes.
    container = Machine(
        int(int(memory) * 1024**3 / 1e6) if memory == "4" else int(memory) * 1000, int(cores)
    )
    at_once = capacity.trainings_at_once(container)
    size = capacity.training_mb(container, at_once)
    assert (capacity.sessions(container, at_once, size), at_once) == (int(people), int(trainings))


def test_the_table_has_all_machines() -> None:
    assert len(_ROW.findall(TEXT)) == 4


def test_every_place_has_its_three_lines() -> None:
    places = re.findall(r"^\| \[.*?\]\(#(.*?)\)", TEXT, re.MULTILINE)
    sections = {
        re.sub(r"[^a-z0-9 -]", "", title.lower()).replace(" ", "-"): body
        for title, body in re.findall(
            r"^## (.*?)\n(.*?)(?=^## |\Z)", TEXT, re.DOTALL | re.MULTILINE
        )
    }
    assert len(places) == 6
    for place in [*places, "behind-a-proxy"]:
        assert re.findall(r"^(\d)\. ", sections[place], re.MULTILINE) == ["1", "2", "3"]

import inspect
from pathlib import Path

import huggingface_hub
import yaml

from benchmarks.hosting import dockerfile
from deploy.huggingface import publish
from tests.deploy.hosting_settings import problems
from tests.serving import ROOT

# https://huggingface.co/docs/hub/spaces-config-reference
COLOURS = {"red", "yellow", "green", "blue", "indigo", "purple", "pink", "gray"}


class Hub:
    """Notes what it is asked for, and refuses what huggingface_hub would not understand."""

    def __init__(self) -> None:
        self.files: set[str] = set()
        self.asked: dict[str, dict] = {}

    def __getattr__(self, name: str):
        def call(*words, **options) -> None:
            known = inspect.signature(getattr(huggingface_hub.HfApi, name))
            self.asked[name] = dict(known.bind(None, *words, **options).arguments)
            if folder := options.get("folder_path"):
                self.files = {
                    str(path.relative_to(folder))
                    for path in Path(folder).rglob("*")
                    if path.is_file()
                }

        return call


def test_a_space_is_made_and_gets_the_app() -> None:
    hub = Hub()
    assert publish.publish("me/lab", hub) == "https://huggingface.co/spaces/me/lab"
    assert hub.asked["create_repo"]["space_sdk"] == "docker"
    assert hub.asked["create_repo"]["exist_ok"]
    assert {options["repo_type"] for options in hub.asked.values()} == {"space"}
    needed = {
        "README.md",
        "Dockerfile",
        ".dockerignore",
        "streamlit_app.py",
        "mnist_core/data/mnist.npz",
    }
    assert needed < hub.files
    assert not any(name.startswith((".git/", "saved_models/local/")) for name in hub.files)


def test_the_space_looks_where_the_image_serves(tmp_path, monkeypatch) -> None:
    publish.collect(tmp_path)
    _, header, text = (tmp_path / "README.md").read_text("utf-8").split("---\n", 2)
    said = yaml.safe_load(header)
    stage = dockerfile.read((tmp_path / "Dockerfile").read_text("utf-8"), {})[-1]
    assert said["sdk"] == "docker"
    assert str(said["app_port"]) == stage.environment["STREAMLIT_SERVER_PORT"] == "7860"
    assert problems(stage.environment, monkeypatch) == []
    assert {said["colorFrom"], said["colorTo"]} <= COLOURS
    assert len(said["short_description"]) <= 60
    assert set(said) == {
        "title", "emoji", "colorFrom", "colorTo", "sdk", "app_port", "pinned", "license",
        "short_description",
    }  # fmt: skip
    assert text.lstrip().startswith("# ")
    # All else is what the image has anyway.
    assert (
        (tmp_path / "Dockerfile")
        .read_text("utf-8")
        .startswith((ROOT / "Dockerfile").read_text("utf-8"))
    )

import json
import re
from importlib.resources import files

import pytest
import yaml
from jsonschema import Draft201909Validator

from tests.deploy.hosting_settings import problems
from tests.serving import ROOT

FILES = ("compose.yaml", "compose.scaled.yaml")


def services(file: str) -> dict[str, dict]:
    return yaml.safe_load((ROOT / file).read_text("utf-8"))["services"]


def is_valid(text: str) -> bool:
    """The word of the specification's own schema, which check-jsonschema brings along."""
    schema = files("check_jsonschema") / "builtin_schemas" / "vendor" / "compose-spec.json"
    validator = Draft201909Validator(json.loads(schema.read_text("utf-8")))
    return validator.is_valid(yaml.safe_load(text))


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("word", ["mem_limit", "services", "volumes", "read_only"])
def test_they_follow_the_specification_and_a_typo_is_noticed(file, word) -> None:
    text = (ROOT / file).read_text("utf-8")
    assert is_valid(text)
    assert word in text
    assert not is_valid(text.replace(f"{word}:", f"{word}s:"))


@pytest.mark.parametrize("file", FILES)
def test_every_container_is_limited_and_has_a_read_only_root(file) -> None:
    for name, service in services(file).items():
        assert service["read_only"], name
        assert service["mem_limit"], name
        if service["image"] == "digit-lab":
            assert service["init"], name
            assert service["cap_drop"] == ["ALL"], name
            assert [volume.rpartition(":")[2] for volume in service["volumes"]] == ["/data"], name


@pytest.mark.parametrize("file", FILES)
def test_their_settings_are_settings(file, monkeypatch) -> None:
    for service in services(file).values():
        assert problems(service.get("environment", {}), monkeypatch) == []


def test_the_parts_of_the_scaled_one_know_each_other() -> None:
    found = services("compose.scaled.yaml")
    webs = {name for name in found if name.startswith("web-")}
    workers = [name for name in found if name.startswith("worker-")]
    front = (ROOT / "deploy" / "nginx.compose.conf").read_text("utf-8")
    assert (
        set(re.findall(r"server (web-\d):8501 ", front))
        == webs
        == set(found["nginx"]["depends_on"])
    )
    assert (len(webs), len(workers)) == (3, 2)
    for web in webs:
        assert int(found[web]["environment"]["MNIST_TRAININGS_AT_ONCE"]) == len(workers)
        assert "data:/data" in found[web]["volumes"]
        # Only nginx is reached from outside.
        assert "ports" not in found[web]
    (port,) = found["nginx"]["ports"]
    assert f"listen {port.split(':')[1]};" in front
    (mounted,) = found["nginx"]["volumes"]
    assert (ROOT / mounted.split(":")[0]).exists()

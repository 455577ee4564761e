import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import crossplane
import pytest

from tests.deploy.hosting_settings import problems
from tests.serving import ROOT

DEPLOY = ROOT / "deploy"
NGINX = ("nginx.conf", "nginx.compose.conf")
UNIT = DEPLOY / "digit-lab@.service"
_MAP = re.compile(r"^map .*?^}$", re.DOTALL | re.MULTILINE)
_NOT_HERE = "is not executable: No such file or directory"


def nginx_errors(text: str, folder: Path) -> list[str]:
    """What nginx would not know; without its maps, whose lines are values and no directives."""
    file = folder / "nginx.conf"
    file.write_text(f"events {{}}\nhttp {{\n{_MAP.sub('', text)}\n}}\n", "utf-8")
    return [error["error"] for error in crossplane.parse(str(file), strict=True)["errors"]]


@pytest.mark.parametrize("name", NGINX)
def test_nginx_knows_every_directive_and_a_typo_is_noticed(name, tmp_path) -> None:
    text = (DEPLOY / name).read_text("utf-8")
    assert nginx_errors(text, tmp_path) == []
    assert nginx_errors(text.replace("proxy_read_timeout", "proxy_reed_timeout"), tmp_path) != []


@pytest.mark.parametrize("name", NGINX)
def test_nginx_takes_every_photo_that_the_app_takes(name) -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    limit = re.search(r"client_max_body_size (\d+)m;", (DEPLOY / name).read_text("utf-8"))
    assert limit
    assert int(limit[1]) > config["server"]["maxUploadSize"]


def test_both_settings_of_nginx_do_the_same() -> None:
    alone, compose = ((DEPLOY / name).read_text("utf-8") for name in NGINX)
    maps = [_MAP.findall(text.replace("Path=/digits/", "Path=/")) for text in (alone, compose)]
    assert maps[0] == maps[1] != []
    places = [re.search(r"proxy_pass.*?\n    }", text, re.DOTALL) for text in (alone, compose)]
    assert places[0]
    assert places[1]
    assert places[0][0] == places[1][0]


def caddy(text: str, folder: Path) -> int:
    file = folder / "Caddyfile"
    file.write_text(text, "utf-8")
    tool = Path(sys.executable).parent / "caddy"
    command = [str(tool), "validate", "--config", str(file), "--adapter", "caddyfile"]
    return subprocess.run(command, capture_output=True).returncode


def test_caddy_knows_every_directive_and_a_typo_is_noticed(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    text = (DEPLOY / "Caddyfile").read_text("utf-8")
    assert caddy(text, tmp_path) == 0
    assert caddy(text.replace("lb_policy", "lb_polcy"), tmp_path) == 1


def test_proxies_and_processes_agree() -> None:
    unit, front, caddyfile = (
        path.read_text("utf-8") for path in (UNIT, DEPLOY / "nginx.conf", DEPLOY / "Caddyfile")
    )
    assert "STREAMLIT_SERVER_BASE_URL_PATH=digits" in unit
    assert "location /digits/ {" in front
    assert "handle /digits/* {" in caddyfile
    ports = re.search(r"enable --now digit-lab@(\d+) digit-lab@(\d+)", unit)
    assert ports
    for port in ports.groups():
        assert f"127.0.0.1:{port}" in front
        assert f"127.0.0.1:{port}" in caddyfile


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_knows_every_line_and_a_typo_is_noticed(tmp_path) -> None:
    def complaints(text: str) -> list[str]:
        file = tmp_path / UNIT.name
        file.write_text(text, "utf-8")
        tool = ["systemd-analyze", "verify", str(file)]
        said = subprocess.run(tool, capture_output=True, text=True).stderr
        # The app is not installed where the unit looks for it.
        return [
            line for line in said.splitlines() if UNIT.stem[:9] in line and _NOT_HERE not in line
        ]

    text = UNIT.read_text("utf-8")
    assert complaints(text) == []
    assert complaints(text.replace("KillMode", "KilMode")) != []


def test_the_units_settings_are_settings(monkeypatch) -> None:
    set_here = re.findall(r"^Environment=(\w+)=(.*)$", UNIT.read_text("utf-8"), re.MULTILINE)
    assert set_here
    assert problems(dict(set_here), monkeypatch) == []

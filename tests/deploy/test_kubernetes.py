import shutil
import subprocess
from pathlib import Path

import kubernetes_validate
import pytest
import yaml

from tests.deploy.hosting_settings import problems
from tests.serving import ROOT

FOLDER = ROOT / "deploy" / "kubernetes"
KUSTOMIZATIONS = sorted(FOLDER.rglob("kustomization.yaml"))
MANIFESTS = sorted(set(FOLDER.rglob("*.yaml")) - set(KUSTOMIZATIONS))
# https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/
KEYS = {
    "apiVersion", "kind", "namespace", "resources", "labels", "images", "configMapGenerator",
    "replicas", "patches",
}  # fmt: skip


def documents(file: Path) -> list[dict]:
    return list(yaml.safe_load_all(file.read_text("utf-8")))


@pytest.mark.parametrize("file", MANIFESTS, ids=lambda file: file.stem)
def test_a_manifest_is_valid_to_the_letter(file) -> None:
    for document in documents(file):
        kubernetes_validate.validate(document, "1.34", strict=True)


def test_a_typo_is_noticed() -> None:
    (document,) = documents(FOLDER / "base" / "deployment.yaml")
    container = document["spec"]["template"]["spec"]["containers"][0]
    container["redinessProbe"] = container.pop("readinessProbe")
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(document, "1.34", strict=True)


@pytest.mark.parametrize("file", KUSTOMIZATIONS, ids=lambda file: file.parent.name)
def test_a_kustomization_lists_what_is_beside_it(file, monkeypatch) -> None:
    (said,) = documents(file)
    assert set(said) <= KEYS
    listed = [file.parent / name for name in said["resources"]]
    assert all(each.exists() for each in listed)
    assert {each for each in listed if each.is_file()} == set(file.parent.glob("*.yaml")) - {file}
    pairs = [pair for each in said.get("configMapGenerator", []) for pair in each["literals"]]
    assert problems(dict(pair.split("=", 1) for pair in pairs), monkeypatch) == []


@pytest.mark.parametrize("folder", [FOLDER, FOLDER / "cluster"], ids=lambda folder: folder.name)
@pytest.mark.skipif(shutil.which("kubectl") is None, reason="kubectl is not installed")
def test_kustomize_makes_valid_manifests_of_them(folder) -> None:
    made = subprocess.run(
        ["kubectl", "kustomize", str(folder)], check=True, capture_output=True, text=True
    ).stdout
    for document in yaml.safe_load_all(made):
        kubernetes_validate.validate(document, "1.34", strict=True)


@pytest.mark.parametrize("file", MANIFESTS, ids=lambda file: file.stem)
def test_pods_are_nobody_special_and_limited(file) -> None:
    for document in documents(file):
        if document["kind"] == "Deployment":
            pod = document["spec"]["template"]["spec"]
            assert pod["securityContext"]["runAsUser"] == 1000
            assert pod["securityContext"]["runAsNonRoot"]
            for container in pod["containers"]:
                assert container["securityContext"]["readOnlyRootFilesystem"]
                assert [mount["mountPath"] for mount in container["volumeMounts"]] == ["/data"]
                assert container["resources"]["limits"]["memory"]

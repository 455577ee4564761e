"""The processor's name, and training on one without bfloat16."""

from dataclasses import replace

import pytest

from mnist_core.system import cpu
from mnist_core.training import export
from mnist_core.training.loop import Diverged
from tests.samples import QUICK, SMALL

ONE = """processor\t: 0
model name\t: A Processor 9000
flags\t\t: fpu sse2 {flags}

processor\t: 1
model name\t: A Processor 9000
flags\t\t: fpu sse2 {flags}
"""


@pytest.mark.parametrize(
    ("flags", "known"),
    [("amx_bf16 amx_tile", True), ("avx512_bf16", True), ("avx512f avx512_vnni", False)],
)
def test_it_says_whether_it_knows_bfloat16(tmp_path, flags, known):
    (tmp_path / "cpuinfo").write_text(ONE.format(flags=flags))
    assert cpu.has_bfloat16(tmp_path / "cpuinfo") == known
    assert cpu.name(tmp_path / "cpuinfo") == "A Processor 9000"


def test_another_system_says_nothing(tmp_path):
    assert not cpu.has_bfloat16(tmp_path / "cpuinfo")
    assert cpu.name(tmp_path / "cpuinfo")


@pytest.mark.parametrize(("known", "done"), [(True, "bfloat16"), (False, "float32")])
def test_training_uses_the_precision_that_the_processor_has(
    monkeypatch, models_directory, known, done
):
    monkeypatch.setattr(cpu, "has_bfloat16", lambda: known)
    trained = []

    def train(_recipe, settings, **_more):
        trained.append(settings)
        raise Diverged

    monkeypatch.setattr(export, "train", train)
    asked = replace(QUICK, precision="bfloat16")
    with pytest.raises(Diverged):
        export.make_model(SMALL, asked, root=models_directory)
    # What is trained with stands in the card.
    assert trained == [replace(asked, precision=done)]

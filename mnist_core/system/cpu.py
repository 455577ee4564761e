"""The processor that trains here: its name, and whether it multiplies bfloat16 numbers."""

import platform
from pathlib import Path

CPUINFO = Path("/proc/cpuinfo")
# Either multiplies bfloat16; otherwise this is done in software, slower than float32.
_BFLOAT16 = {"amx_bf16", "avx512_bf16"}


def name(cpuinfo: Path = CPUINFO) -> str:
    """Its name, as the system gives it."""
    return _first(cpuinfo, "model name") or platform.processor() or platform.machine()


def has_bfloat16(cpuinfo: Path = CPUINFO) -> bool:
    """Whether it multiplies bfloat16; False if the system does not say."""
    return bool(_BFLOAT16 & set(_first(cpuinfo, "flags").split()))


def _first(cpuinfo: Path, key: str) -> str:
    """The value of a key for the first core, as Linux describes it."""
    try:
        # Line by line: there may be a hundred cores.
        with cpuinfo.open(encoding="utf-8") as lines:
            found = (line.partition(":") for line in lines)
            return next((value.strip() for each, _, value in found if each.strip() == key), "")
    except OSError:
        # Not Linux.
        return ""

"""The processor that trains here: its name, and whether it knows rougher numbers."""

import platform
from pathlib import Path

CPUINFO = Path("/proc/cpuinfo")
# Either multiplies bfloat16; without them it is done in software, slower than float32.
_ROUGH = {"amx_bf16", "avx512_bf16"}


def name(cpuinfo: Path = CPUINFO) -> str:
    """Its name as the system gives it.

    Args:
        cpuinfo: where Linux describes it.
    """
    return _first(cpuinfo, "model name") or platform.processor() or platform.machine()


def has_bfloat16(cpuinfo: Path = CPUINFO) -> bool:
    """Whether it works in bfloat16; no, where the system does not say.

    Args:
        cpuinfo: where Linux describes it.
    """
    return bool(_ROUGH & set(_first(cpuinfo, "flags").split()))


def _first(cpuinfo: Path, what: str) -> str:
    try:
        # Line by line: what is said of the first core holds, and there may be a hundred.
        with cpuinfo.open(encoding="utf-8") as lines:
            found = (line.partition(":") for line in lines)
            return next((value.strip() for key, _, value in found if key.strip() == what), "")
    except OSError:
        # Not Linux.
        return ""

"""Print what can be set on a server, what holds now, what was found and what follows.

python -m mnist_core.settings
"""

import sys
from contextlib import suppress
from textwrap import indent, wrap

from mnist_core.jobs.training_rules import what_follows
from mnist_core.system import machine, server_settings
from mnist_core.system.setting_types import Setting
from mnist_core.system.text_format import whole

_WIDTH = 90


def main() -> int:
    """Print the machine, every setting, then what is wrong.

    Returns:
        The process's exit status: 1 if a setting is wrong.
    """
    print("\n".join(_machine()), end="\n\n")
    for setting in server_settings.ALL:
        print(f"{setting.name}={_value(setting)}")
        print(indent("\n".join(wrap(setting.meaning, _WIDTH)), "    "))
    problems = server_settings.problems()
    problems += [f"There is no setting {name}." for name in server_settings.unknown()]
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def _value(setting: Setting) -> str:
    try:
        return setting.value_in_words()
    except RuntimeError:
        return "?"


def _machine() -> list[str]:
    """What was found, and what follows from it and the settings, in lines."""
    here = machine.here()
    allowed = "allowed by its control group" if here.is_memory_limited else "in all"
    time = "allowed by its control group" if here.are_cores_limited else "in all"
    lines = [
        f"Memory: {whole(here.memory_mb)} MB {allowed}, {whole(machine.free_mb())} MB free now.",
        f"Processors: {here.cores:g} {time}.",
    ]
    # What is wrong with the settings is said below.
    with suppress(RuntimeError):
        lines += what_follows()
    return lines


if __name__ == "__main__":
    sys.exit(main())

"""Print what can be set on a server, and what holds now.

python -m mnist_core.settings
"""

import sys
from textwrap import indent, wrap

from mnist_core.system import server_settings

_WIDTH = 90


def main() -> int:
    """Print every setting, then what is wrong.

    Returns:
        The process's exit status: 1 if a setting is wrong.
    """
    for setting in server_settings.ALL:
        print(f"{setting.name}={_value(setting)}")
        print(indent("\n".join(wrap(setting.meaning, _WIDTH)), "    "))
    problems = server_settings.problems()
    problems += [f"There is no setting {name}." for name in server_settings.unknown()]
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def _value(setting: server_settings.Setting) -> str:
    try:
        value = setting()
    except RuntimeError:
        return "?"
    return str(value) or setting.default_in_words().replace("`", "")


if __name__ == "__main__":
    sys.exit(main())

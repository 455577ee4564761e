"""Print the tests that `make check` runs: those of what changed, and a quick look at every room.

A changed module brings its own test file, a changed test file itself. Files that differ from the
last commit count, and where there are none, those of the last commit.
"""

import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]

# Each takes a second or two and touches what everything else stands on.
ALWAYS = (
    "tests/test_docs.py",
    "tests/data/test_dataset.py",
    "tests/networks/test_layers.py",
    "tests/analysis/test_evaluation.py",
    "tests/glossary/test_glossary.py",
    "tests/system",
)


def matching(changed: list[str]) -> list[str]:
    """The test files for changed files, given as paths from the root; only ones that exist."""
    found = set[str]()
    for name in changed:
        path = Path(name)
        if path.parts[0] == "tests":
            candidates = [path] if path.name.startswith("test_") and path.suffix == ".py" else []
        else:
            # A widget's style sheet has the test of its folder, a module beside it one of its own.
            stems = {path.stem} | ({path.parent.name} if "widgets" in path.parts else set())
            every = [file for stem in stems for file in ROOT.glob(f"tests/*/test_{stem}.py")]
            candidates = [file.relative_to(ROOT) for file in every]
        found |= {file.as_posix() for file in candidates if (ROOT / file).exists()}
    return sorted(name for name in found if not name.startswith("tests/e2e/"))


def changed_files() -> list[str]:
    """Paths of what differs from the last commit, or else of what the last commit changed."""
    differing = _git("diff", "--name-only", "HEAD")
    new = _git("ls-files", "--others", "--exclude-standard")
    return [*differing, *new] or _git("diff", "--name-only", "HEAD~1", "HEAD")


def _git(*arguments: str) -> list[str]:
    command = ["git", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.split()


if __name__ == "__main__":
    print(*dict.fromkeys([*ALWAYS, *matching(changed_files())]))  # noqa: T201

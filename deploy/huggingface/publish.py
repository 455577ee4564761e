"""Publish Digit Lab as a Space of Hugging Face.

    pip install huggingface_hub
    hf auth login
    python deploy/huggingface/publish.py YOUR-NAME/digit-lab

Run it again to publish a newer version. With `--folder FOLDER` it only writes there what a Space
would get, for you to look at; then neither the package nor the internet is needed.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parent
_ROOT = _HERE.parents[1]
_LOG_IN = "Log in first, with a token that may write: hf auth login"


def collect(folder: Path) -> None:
    """Write what a Space gets into an empty folder: what git has, set up for a Space."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607
        cwd=_ROOT,
        check=True,
        capture_output=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (_ROOT / name).is_file():
            shutil.copyfile(_ROOT / name, target)
    shutil.copyfile(_HERE / "README.md", folder / "README.md")
    added = (_HERE / "Dockerfile.space").read_text("utf-8")
    image = (_ROOT / "Dockerfile").read_text("utf-8")
    (folder / "Dockerfile").write_text(image + added, "utf-8", newline="\n")


def publish(space: str, hub: Any) -> str:
    """Make the Space if there is none, and let it have exactly these files.

    Args:
        space: "owner/name".
        hub: a `huggingface_hub.HfApi`.

    Returns:
        The address of the Space's page.
    """
    hub.create_repo(space, repo_type="space", space_sdk="docker", exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        collect(Path(temporary))
        hub.upload_folder(
            repo_id=space,
            repo_type="space",
            folder_path=temporary,
            commit_message="Digit Lab",
            # What an older version had and this one has not.
            delete_patterns="*",
        )
    return f"https://huggingface.co/spaces/{space}"


def main() -> int:
    """Publish, or write to a folder; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("space", nargs="?", help="OWNER/NAME of the Space")
    parser.add_argument("--folder", type=Path, help="only write there what the Space would get")
    asked = parser.parse_args()
    if asked.folder:
        asked.folder.mkdir(parents=True, exist_ok=True)
        collect(asked.folder)
        return 0
    if not asked.space:
        parser.error("which Space? OWNER/NAME")
    try:
        from huggingface_hub import HfApi
        from huggingface_hub.errors import HfHubHTTPError, LocalTokenNotFoundError
    except ImportError:
        print("This needs a package: pip install huggingface_hub", file=sys.stderr)
        return 1
    try:
        print(publish(asked.space, HfApi()))
    except LocalTokenNotFoundError:
        print(_LOG_IN, file=sys.stderr)
        return 1
    except HfHubHTTPError as error:
        print(f"Hugging Face refused: {error}\n{_LOG_IN}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

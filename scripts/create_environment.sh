#!/usr/bin/env bash
# Create a virtual environment: scripts/create_environment.sh DIRECTORY
set -euo pipefail
directory=$1

# TensorFlow does not support newer Pythons yet. Each candidate is tried: a name on the PATH may be a
# version manager's shim with nothing installed behind it.
suits='import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))'
python=
for candidate in python3.11 python3.12 python3.13 python3 python; do
    if command -v "$candidate" >/dev/null && "$candidate" -c "$suits" 2>/dev/null; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo "Digit Lab needs Python 3.11, 3.12 or 3.13, but none was found." >&2
    echo "On Debian: apt-get install python3 python3-venv" >&2
    exit 1
fi

# Debian has venv in a separate package.
if ! "$python" -c 'import ensurepip' 2>/dev/null; then
    package=$("$python" -c 'import sys; print("python{}.{}-venv".format(*sys.version_info))')
    if ! command -v apt-get >/dev/null || ! scripts/as_root.sh true 2>/dev/null; then
        echo "$python cannot create virtual environments. On Debian: apt-get install $package" >&2
        exit 1
    fi
    echo "Installing $package ..."
    scripts/as_root.sh apt-get -qq update
    scripts/as_root.sh apt-get -qq install --no-install-recommends "$package" >/dev/null
fi

echo "Creating $directory with $("$python" --version) ..."
"$python" -m venv --clear "$directory"

#!/bin/sh
# The image's first command: makes sure of the one folder that is written, then runs its arguments.
set -eu

if ! mkdir -p "$TMPDIR" || [ ! -w "$TMPDIR" ]; then
    echo "Digit Lab cannot write to $MNIST_MODELS as user $(id -u)." >&2
    echo "Mount a volume there, or run: chown -R $(id -u):$(id -g) on the folder that you mount." >&2
    exit 1
fi
exec "$@"

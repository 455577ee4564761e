#!/usr/bin/env bash
# Run a command as root without asking for a password; fail where that is not allowed.
set -euo pipefail
if [ "$(id -u)" = 0 ]; then
    DEBIAN_FRONTEND=noninteractive exec "$@"
fi
exec sudo -n DEBIAN_FRONTEND=noninteractive "$@"

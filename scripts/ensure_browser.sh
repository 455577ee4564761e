#!/usr/bin/env bash
# Make sure the tests have a browser: scripts/ensure_browser.sh PYTHON
#
# Use Debian's Chromium where it is installed or apt can install it, otherwise Playwright's. (Ubuntu's
# chromium package only installs a snap, which a test cannot start.)
set -euo pipefail
python=$1

playwright_runs() { "$python" -m playwright --version >/dev/null 2>&1; }
has_debian_chromium() { [ -x /usr/bin/chromium-headless-shell ] || [ -x /usr/bin/chromium ]; }
has_playwright_chromium() {
    "$python" - 2>/dev/null <<'CHECK'
import sys
from pathlib import Path
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    sys.exit(not Path(playwright.chromium.executable_path).exists())
CHECK
}
has_browser() { has_debian_chromium || has_playwright_chromium; }
is_debian() { grep -qx 'ID=debian' /etc/os-release 2>/dev/null; }

if playwright_runs && has_browser; then
    exit 0
fi
if is_debian && scripts/as_root.sh true 2>/dev/null; then
    echo "Installing Chromium for the browser tests ..."
    scripts/as_root.sh apt-get -qq update
    # Playwright's driver needs libatomic1, which a minimal Debian lacks.
    scripts/as_root.sh apt-get -qq install --no-install-recommends chromium-headless-shell libatomic1 \
        >/dev/null
else
    echo "Downloading Chromium for the browser tests ..."
    "$python" -m playwright install --with-deps chromium
fi

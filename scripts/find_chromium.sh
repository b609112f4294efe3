#!/bin/sh
# Print the path of a Chromium: the system's, else apt's (as root), else Playwright's own. None is a failure, never a skip.
set -eu
python="$1"

system() {
    for name in "${CHROMIUM_PATH:-}" chromium chromium-browser google-chrome google-chrome-stable; do
        [ -n "$name" ] && path=$(command -v "$name" 2>/dev/null) && "$path" --version >/dev/null 2>&1 && echo "$path" && return 0
    done
    return 1
}

system && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    { DEBIAN_FRONTEND=noninteractive apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } >&2 || true
    system && exit 0
fi
"$python" -m playwright install chromium >&2 || true
path=$("$python" -c 'from playwright.sync_api import sync_playwright as start
with start() as p: print(p.chromium.executable_path)' 2>/dev/null || true)
[ -n "$path" ] && [ -x "$path" ] && echo "$path" && exit 0
echo "No Chromium was found and none could be installed: install Chromium, or set CHROMIUM_PATH to one." >&2
exit 1

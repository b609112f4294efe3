#!/bin/sh
# Make a virtual environment. Debian splits venv off into a package of its own: install it when we may.
set -eu
python="$1"
venv="$2"

if ! command -v "$python" >/dev/null 2>&1; then
    echo "Python 3.11 or newer is needed and '$python' was not found: install it, or say PYTHON=/path/to/python." >&2
    exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "Python 3.11 or newer is needed; '$python' is older: say PYTHON=/path/to/python3.11." >&2
    exit 1
fi
[ -x "$venv/bin/python" ] && "$venv/bin/python" -m pip --version >/dev/null 2>&1 && exit 0
if ! "$python" -c 'import ensurepip' >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "python$version-venv" python3-venv >&2
    else
        echo "Python's venv is missing: run 'sudo apt-get install python3-venv', then the same command again." >&2
        exit 1
    fi
fi
"$python" -m venv --clear "$venv"

#!/bin/sh
# Sets up .venv with the pinned dependencies and this package: `sh tools/setup.sh run|test`.
# A second call with unchanged pins does nothing, without touching the network.
set -eu

case "${1:-run}" in
    run) pins=requirements.txt ;;
    test) pins=requirements-dev.txt ;;
    *) echo "usage: sh tools/setup.sh run|test" >&2; exit 2 ;;
esac
python="${PYTHON:-python3}"
mark=".venv/installed-$pins"

if ! "$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
    python=python3.11
    command -v "$python" >/dev/null || {
        echo "Python 3.11 is needed; choose one with: make PYTHON=/path/to/python3.11 ..." >&2
        exit 1
    }
fi

# The development pins contain the runtime pins, so whoever has those needs nothing for `run`.
[ "$pins" = requirements.txt ] && [ -f .venv/installed-requirements-dev.txt ] &&
    mark=.venv/installed-requirements-dev.txt && pins=requirements-dev.txt

state=$(cat "$pins" pyproject.toml | sha256sum)
# A moved checkout has a stale editable installation, so the folder is part of the state.
state="$state $(pwd)"
[ -x .venv/bin/python ] && [ -f "$mark" ] && [ "$(cat "$mark")" = "$state" ] && exit 0

echo "Setting up .venv from $pins (once; takes about a minute) ..."
if [ ! -x .venv/bin/pip ] || ! .venv/bin/python -c '' 2>/dev/null ||
    ! grep -qF "$(pwd)" .venv/bin/activate; then
    rm -rf .venv
    if ! "$python" -m venv .venv 2>/dev/null; then
        # Debian ships venv as a package of its own.
        rm -rf .venv
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
            echo "Installing python3-venv ..."
            apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null
            "$python" -m venv .venv
        else
            echo "The module venv is missing; install it: sudo apt-get install python3-venv" >&2
            exit 1
        fi
    fi
fi
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$pins"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps \
    --no-build-isolation --editable .
printf '%s' "$state" >"$mark"
echo "Done. Command line: .venv/bin/assessment"

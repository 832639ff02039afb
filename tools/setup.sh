#!/bin/sh
# Makes .venv and installs the locked packages: `sh tools/setup.sh run` or `sh tools/setup.sh dev`.
# `dev` also sees to a headless Chromium for the browser tests and to PostgreSQL for those of verdicts. Safe to call again; does nothing twice.
set -eu
cd "$(dirname "$0")/.."
kind=${1:-run}
lock=requirements.lock
[ "$kind" = dev ] && lock=requirements-dev.lock
python=${PYTHON:-python3}

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

"$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' || {
    echo "expected Python 3.11, 3.12 or 3.13 as $python; to do: install it or set PYTHON=/path/to/python" >&2
    exit 2
}
if [ ! -x .venv/bin/pip ]; then
    rm -rf .venv
    "$python" -m venv .venv 2>/dev/null || {
        # Debian ships venv as a package of its own
        as_root sh -c 'apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv' >/dev/null
        rm -rf .venv && "$python" -m venv .venv
    }
fi
stamp=.venv/installed-$kind
if ! cmp -s "$lock" "$stamp"; then
    echo "installing the packages of $lock (once, a few minutes) …"
    .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps -r "$lock"
    cp "$lock" "$stamp"
fi
if [ "$kind" = dev ] && ! command -v chromium >/dev/null && [ -z "${CHROMIUM:-}" ]; then
    echo "installing Chromium for the browser tests (once) …"
    as_root sh -c 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
        --no-install-recommends chromium fonts-dejavu-core' >/dev/null 2>&1 || {
        echo "expected chromium in the PATH for the browser tests; to do: apt-get install chromium, or CHROMIUM=/path" >&2
        exit 2
    }
fi
if [ "$kind" = dev ] && ! command -v initdb >/dev/null && ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
    echo "installing PostgreSQL for the tests of verdicts (once; no server of its own is set up) …"
    as_root sh -c 'mkdir -p /etc/postgresql-common &&
        { test -e /etc/postgresql-common/createcluster.conf ||
            echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf; } &&
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq -o Dpkg::Options::=--force-confold \
        --no-install-recommends postgresql' >/dev/null 2>&1 ||
        echo "PostgreSQL could not be installed; its tests will be skipped (apt-get install postgresql)" >&2
fi

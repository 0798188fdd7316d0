#!/bin/sh
# setup.sh REQUIREMENTS.txt: a virtual environment in .venv with these requirements, built only when they changed.
# PYTHON chooses the interpreter (3.11 or newer).
set -eu
cd "$(dirname "$0")/.."
requirements=$1
venv=.venv
say() { echo "parallax: $*" >&2; }

recent() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

interpreter() {
    for candidate in ${PYTHON:-} python3.11 python3 python3.12 python3.13 python; do
        if recent "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    say "Python 3.11 or newer is needed; on Debian: sudo apt-get install python3 python3-venv"
    exit 1
}

create() {
    python=$(interpreter)
    if ! "$python" -c 'import ensurepip' 2>/dev/null; then
        sh scripts/apt.sh python3-venv || exit 1
    fi
    say "creating $venv with $("$python" --version)"
    "$python" -m venv --clear "$venv"
}

# A half-made environment (an interrupted first run) has no pip: make it again.
if ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    create
fi

# The stamp holds the contents it was made from; requirements-dev.txt includes requirements.txt.
stamp="$venv/.installed-$requirements"
wanted=$(cat requirements.txt "$requirements" | cksum)
if [ "$(cat "$stamp" 2>/dev/null || true)" = "$wanted" ]; then
    exit 0
fi
say "installing $requirements (the first time takes a few minutes)"
"$venv/bin/python" -m pip install -q --no-input --disable-pip-version-check -r "$requirements" </dev/null >&2
echo "$wanted" >"$stamp"

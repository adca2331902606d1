#!/bin/sh
# Makes .venv and installs what is locked in $1 (requirements.txt or requirements-dev.txt).
# PYTHON names the Python to use; by default the newest one that can make environments.
set -eu
requirements=$1

can_make() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }
is_new() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    without_venv=
    for python in ${PYTHON:-python3.14 python3.13 python3.12 python3.11 python3}; do
        is_new "$python" || continue
        can_make "$python" && return
        without_venv=$python
    done
    if [ -n "$without_venv" ]; then
        echo "$without_venv is here, but not its part that makes environments. On Debian and Ubuntu, type:" >&2
        echo "    sudo apt install $("$without_venv" -c 'import os, sys
name = "python%d.%d" % sys.version_info[:2]
print("python3-venv" if os.path.realpath("/usr/bin/python3").endswith(name) else name + "-venv")')" >&2
    else
        echo "musicapp needs Python 3.11 or newer, and none was found. Install one, or name it: PYTHON=/path make run" >&2
    fi
    exit 1
}

if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
    find_python
    echo "Making .venv with $("$python" --version)."
    "$python" -m venv --clear .venv
fi

# Flask-Principal is published as source only; it is pure Python, so no compiler is needed.
wheels='--no-deps --only-binary :all: --no-binary flask-principal'

# These machines get one package as source, and compile it.
machine=${MACHINE:-$(uname -s)-$(uname -m)}
case $machine in
    Linux-aarch64 | Linux-armv*) compiled=miniaudio ;;
    Darwin-x86_64) compiled=argon2-cffi-bindings ;;
    *) compiled= ;;
esac
if [ -n "$compiled" ]; then
    wheels="$wheels --no-binary $compiled"
    if ! command -v "${CC:-cc}" >/dev/null; then
        echo "On this kind of machine $compiled must be compiled, and there is no C compiler. On Debian and Ubuntu, type:" >&2
        echo "    sudo apt install build-essential python3-dev" >&2
        exit 1
    fi
fi
pip='.venv/bin/python -m pip --disable-pip-version-check -q'
echo "Installing $requirements."
# uv installs in seconds what takes pip most of a minute; where it cannot be had, pip does it.
if ! { [ -x .venv/bin/uv ] || $pip install --no-compile --only-binary :all: uv==0.13.9; } ||
    ! UV_HTTP_RETRIES=1 .venv/bin/uv pip install -q --python .venv/bin/python $wheels -r "$requirements"; then
    echo "uv could not install it; pip does, which takes longer."
    $pip install --no-compile $wheels -r "$requirements"
fi

#!/bin/sh
# apt.sh PACKAGE…: installs Debian packages if we are root or sudo asks no password; else says what to install.
set -u
say() { echo "parallax: $*" >&2; }
if ! command -v apt-get >/dev/null 2>&1; then
    say "please install: $*"
    exit 1
fi
if [ "$(id -u)" = 0 ]; then
    as_root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    say "please install: sudo apt-get install $*"
    exit 1
fi
say "installing $* with apt-get"
install() { $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" </dev/null >&2; }
# The package lists of a fresh machine are often missing or stale.
install "$@" && exit 0
$as_root apt-get update -q </dev/null >&2
install "$@" && exit 0
say "could not install: $*"
exit 1

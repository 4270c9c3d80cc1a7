#!/bin/sh
# What `docker build` and `docker run` do, without a Docker engine: the committed tree less .dockerignore,
# the Dockerfile's own scripts, an empty environment, another user, a read-only program folder.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'chmod -R u+w "$work" 2>/dev/null; rm -rf "$work"' EXIT
chmod 755 "$work"
say() { echo "check-image-steps: $*"; }

mkdir "$work/build" "$work/home" "$work/app" "$work/data" "$work/tmp" "$work/gpu"
git -c safe.directory="$PWD" archive HEAD | tar -x -C "$work/build"
grep -v '^#' "$work/build/.dockerignore" | while read -r path; do
  [ -z "$path" ] || rm -rf "${work:?}/build/$path"
done
settings=$(npm config get userconfig 2>/dev/null)
[ ! -f "$settings" ] || cp "$settings" "$work/home/.npmrc"

clean() { # COMMAND…: with nothing of this environment but the path and npm's own settings
  env -i PATH="$PATH" HOME="$work/home" ${npm_config_nodedir:+npm_config_nodedir="$npm_config_nodedir"} "$@"
}

say 'the GPU variant changes the CUDA packages and nothing else'
mkdir "$work/gpu/scripts"
cp package.json package-lock.json .npmrc "$work/gpu/"
cp scripts/gpu-dependencies.sh "$work/gpu/scripts/"
clean "$work/gpu/scripts/gpu-dependencies.sh"
node scripts/compare-locks.js package-lock.json "$work/gpu/package-lock.json"

say 'build stage'
clean "$work/build/scripts/image-build.sh" "$work/app"
rm -rf "$work/build"
say "the program folder holds $(du -sm "$work/app" | cut -f1) MB"

say 'runtime stage'
if [ "$(id -u)" = 0 ] && setpriv --reuid 65534 --regid 65534 --clear-groups node --version >/dev/null 2>&1; then
  user=65534
  as_user='setpriv --reuid 65534 --regid 65534 --clear-groups --no-new-privs'
else
  user=$(id -u)
  as_user=
  say "cannot change to another user here: runs as uid $user"
fi
chown "$user" "$work/tmp"
clean ANSWERBOX_DATA_DIR="$work/data" "$work/app/scripts/image-runtime.sh" "$user"
chmod -R a-w,a+rX "$work/app"

say "start as uid $user"
port=$(node scripts/free-port.js)
# shellcheck disable=SC2086 # as_user is a command with its arguments, or nothing
node scripts/check-server.js "http://127.0.0.1:$port" --health "$work/app/scripts/healthcheck.js" -- \
  $as_user env -i PATH="$PATH" HOME="$work/tmp" TMPDIR="$work/tmp" NODE_ENV=production \
  ANSWERBOX_DATA_DIR="$work/data" ANSWERBOX_HOST=127.0.0.1 ANSWERBOX_PORT="$port" \
  "$work/app/scripts/image-entry.sh" serve
say 'all steps done'

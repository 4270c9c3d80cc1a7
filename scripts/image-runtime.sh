#!/bin/sh
# The runtime stage of the Dockerfile, run as root in the finished folder: proves that every native
# module finds the libraries it links to, and gives the data folder to the user that will run.
# usage: scripts/image-runtime.sh UID
set -eu
user=${1:?usage: scripts/image-runtime.sh UID}
cd "$(dirname "$0")/.."

# libcuda comes with the host's driver when a container starts; musl builds are for other systems.
missing=$(
  find "$(command -v node)" node_modules \( -name node -o -name '*.node' -o -name '*.so' -o -name '*.so.*' \) \
    -type f ! -path '*musl*' ! -path '*/prebuilds/*' -exec sh -c '
      for file; do ldd "$file" 2>/dev/null | sed -n "s|^[[:space:]]*\(.*\) => not found.*|$file needs \1|p"; done
    ' sh {} + | grep -v 'libcuda\.so\|libnvidia' || true
)
if [ -n "$missing" ]; then
  printf 'These libraries are missing in the runtime image:\n%s\n' "$missing" >&2
  exit 1
fi

mkdir -p "${ANSWERBOX_DATA_DIR:?}"
chown "$user:$user" "$ANSWERBOX_DATA_DIR"

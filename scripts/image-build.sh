#!/bin/sh
# The build stage of the Dockerfile: from a source tree to the folder that the image holds.
# usage: scripts/image-build.sh TARGET      GPU=cuda for the NVIDIA variant
set -eu
target=${1:?usage: scripts/image-build.sh TARGET}
cd "$(dirname "$0")/.."

case ${GPU:-none} in
  none) ;;
  cuda) scripts/gpu-dependencies.sh ;;
  *) echo "GPU=$GPU is not known: use none or cuda" >&2; exit 2 ;;
esac

npm ci --no-audit --no-fund                       # builds as well, through prepare
npm prune --omit=dev --ignore-scripts --no-audit --no-fund

# Binaries of other systems (onnxruntime-node carries all, 290 MB) and what compiling left behind.
platform=$(node -p process.platform) arch=$(node -p process.arch)
for folder in node_modules/onnxruntime-node/bin/napi-v*/*/*; do
  case $folder in */"$platform/$arch") ;; *) rm -rf "$folder" ;; esac
done
for folder in node_modules/@node-llama-cpp/*; do
  case $folder in */"$platform-$arch"*) ;; *) rm -rf "$folder" ;; esac
done
rm -rf node_modules/better-sqlite3/deps node_modules/*/build/Release/obj.target node_modules/*/build/Release/obj

mkdir -p "$target/scripts"
mv node_modules dist "$target/"
cp -R models "$target/models"
rm -rf "$target/models/training"
cp -R data "$target/data" # the demo shop, messages, guard rules and the suites that `eval` runs
rm -rf "$target/data/runtime"
cp scripts/image-runtime.sh scripts/image-entry.sh scripts/healthcheck.js "$target/scripts/"
cp package.json LICENSE "$target/"

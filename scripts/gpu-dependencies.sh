#!/bin/sh
# Lets npm install the CUDA builds of llama.cpp that package.json replaces by an empty package (550 MB).
# The lock file keeps every other version; checked by scripts/check-image-steps.sh.
set -eu
cd "$(dirname "$0")/.."
npm pkg delete 'overrides[@node-llama-cpp/linux-x64-cuda]' 'overrides[@node-llama-cpp/linux-x64-cuda-ext]'
npm install --package-lock-only --ignore-scripts --no-audit --no-fund

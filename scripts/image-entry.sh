#!/bin/sh
# What a container runs: `answerbox`, in place of this shell so that signals reach it.
set -eu
cd "$(dirname "$0")/.."
# glibc gives each thread a heap of its own; with many threads, freed memory stays in them and grows with every document.
export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-2}"
exec node dist/src/cli.js "$@"

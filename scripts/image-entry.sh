#!/bin/sh
# What a container runs: `answerbox`, in place of this shell so that signals reach it.
set -eu
cd "$(dirname "$0")/.."
exec node dist/src/cli.js "$@"

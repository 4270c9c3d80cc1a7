#!/bin/sh
# Fits the built-in confidence (models/confidence.json) anew: after every change of embedder, reader or of the
# numbers in src/answer/answer-settings.ts. Reads the demo shop's tune half and development questions of seven other
# businesses (five in one pile, error codes, how things are done); never a test half, never models/training/dev/lumen.
# Prints the fit as JSON; takes some minutes. Needs a build ("npm run build") first.
set -eu
cd "$(dirname "$0")/.."
dev=models/training/dev
exec node dist/src/cli.js eval fit \
  --documents data/shop/documents --questions data/shop/questions.tune.jsonl \
  --more-documents "$dev/retrieval.documents.jsonl" --more-questions "$dev/calibration.questions.jsonl" \
  --more-documents "$dev/codes/documents" --more-questions "$dev/codes/questions.jsonl" \
  --more-documents "$dev/howto/documents" --more-questions "$dev/howto/questions.jsonl" \
  --save models/confidence.json "$@"

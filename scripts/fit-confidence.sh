#!/bin/sh
# Fits the built-in confidence (models/confidence.json) anew: after every change of embedder, reader or of the
# numbers in src/answer/answer-settings.ts. Reads the demo shop's tune half and the calibration questions of five
# other businesses; never a test half. Prints the fit as JSON; takes some minutes. Needs a build ("npm run build") first.
set -eu
cd "$(dirname "$0")/.."
exec node dist/src/cli.js eval fit \
  --documents data/shop/documents --questions data/shop/questions.tune.jsonl \
  --more-documents models/training/dev/retrieval.documents.jsonl \
  --more-questions models/training/dev/calibration.questions.jsonl \
  --save models/confidence.json "$@"

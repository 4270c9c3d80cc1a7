#!/usr/bin/env bash
# Every training script once, end to end, on a few examples: two minutes on two cores.
#
#     ./smoke.sh [DATA]
#
# Says what is missing (Python packages, the source data) and leaves those steps out;
# fails when a step that could run fails. Trains from the models that ship, throws the
# results away. PYTHON names the interpreter (default: python3).
set -uo pipefail
cd "$(dirname "$0")" || exit 1
python=${PYTHON:-python3}
data=${1:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export OMP_NUM_THREADS=${OMP_NUM_THREADS:-1}
failed=0

has() { "$python" -c "import $1" 2>/dev/null; }

step() { # NAME COMMAND…
  local name=$1 start=$SECONDS
  shift
  if "$@" >"$work/log" 2>&1; then echo "ok      $name ($((SECONDS - start)) s)"; else
    echo "failed  $name"
    tail -n 15 "$work/log"
    failed=1
  fi
}

lacks() { echo "left out  $1: $2"; }

missing=()
for package in numpy onnx onnxruntime tokenizers safetensors torch transformers gguf; do has "$package" || missing+=("$package"); done
if [ ${#missing[@]} != 0 ]; then
  lacks 'training scripts' "lacks the Python packages ${missing[*]} (pip install -r models/training/requirements.txt)"
  exit 0
fi

embedder=../embedder
step 'import_reader' "$python" import_reader.py --model ../reader/onnx/model_quantized.onnx --out "$work/reader-shipped.safetensors"
step 'make_desk_data' "$python" make_desk_data.py --embedder $embedder --work "$work" --replay 0 --businesses 3
step 'train_reader' "$python" train_reader.py --start "$work/reader-shipped.safetensors" --base ../reader --work "$work" \
  --train desk-train.jsonl --dev desk-dev.jsonl --dev-groups 20 --limit 40 --minutes 0.2 --dtype float32 --freeze 4
step 'export_reader' "$python" export_reader.py --start "$work/reader.safetensors" --base ../reader --work "$work" --out "$work/out/reader"
step 'make_verifier_data' "$python" make_verifier_data.py --work "$work" --documents 0
step 'train_verifier' "$python" train_verifier.py --start "$work/reader.safetensors" --base ../reader --work "$work" \
  --minutes 0.2 --limit 100 --dev-pairs 60 --freeze 4
step 'export_verifier' "$python" export_verifier.py --start "$work/verifier.safetensors" --base ../reader --work "$work" --out "$work/out/verifier"
step 'make_dev_sets' "$python" make_dev_sets.py --embedder $embedder --work "$work" --out "$work/dev"
step 'evaluate_embedder' "$python" evaluate_embedder.py --embedder $embedder --dev "$work/dev" --limit 40
if [ -n "$data" ]; then
  step 'make_reader_data' "$python" make_reader_data.py --part train --scale 0.01 --data "$data" --embedder $embedder --work "$work"
  step 'make_generator_data' "$python" make_generator_data.py --data "$data" --work "$work"
  step 'make_generator_desk' "$python" make_generator_desk.py --embedder $embedder --work "$work" --replay "$work" --businesses 2 --out "$work/desk"
  step 'train_generator' "$python" train_generator.py --base ../generator/answerbox-generator-135m-q4_0.gguf --work "$work" --minutes 0.2 --micro 2 --accumulate 1
  step 'merge_generator' "$python" merge_generator.py --base ../generator/answerbox-generator-135m-q4_0.gguf --lora "$work/generator-lora.safetensors" --out "$work/out/generator.gguf"
else
  lacks 'make_reader_data, make_generator_data, train_generator, merge_generator' 'lacks the source data (give its folder; see README.md)'
fi
if [ -n "$data" ] && [ -n "${BASES:-}" ]; then
  step 'train_embedder' "$python" train_embedder.py --base "$BASES/minilm" --data "$data" --work "$work" --minutes 0.2 --freeze 4
  step 'export_embedder' "$python" export_embedder.py --base "$BASES/minilm" --weights "$work/embedder.safetensors" --data "$data" --work "$work" --out "$work/out/embedder" --texts 30
else
  lacks 'train_embedder, export_embedder' 'lacks the source data or the base (BASES, see fetch_bases.py)'
fi
exit $failed

#!/bin/sh
# Requests made up from the OpenAPI page against a server of its own, as its administrator: fails on an answer that is a
# fault of the server or breaks the page's own schemas. Needs a build and schemathesis (a program in Python) in PATH.
#
#   sh scripts/check-openapi.sh [--max-time SECONDS, or what else schemathesis takes]
#
# Left out is what would end the run itself: signing out, keys and users that sign the requests, erasing, restoring.
set -eu
cd "$(dirname "$0")/.."
data=$(mktemp -d)
port=$(node scripts/free-port.js)
url="http://127.0.0.1:$port"
env -i PATH="$PATH" ANSWERBOX_DATA_DIR="$data" ANSWERBOX_PORT="$port" ANSWERBOX_GENERATOR=none ANSWERBOX_OFFLINE=true \
  ANSWERBOX_LOG_LEVEL=error ANSWERBOX_VISITOR_MESSAGES_PER_HOUR=0 ANSWERBOX_ADDRESS_MESSAGES_PER_HOUR=0 \
  node dist/src/cli.js serve > "$data/said.log" 2>&1 &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null; rm -rf "$data"' EXIT
tries=0
until grep -q 'abx_[A-Za-z0-9_-]*' "$data/said.log" && ANSWERBOX_PORT=$port node scripts/healthcheck.js 2>/dev/null; do
  tries=$((tries + 1))
  [ $tries -lt 300 ] || { cat "$data/said.log" >&2; exit 1; }
  sleep 1
done
key=$(grep -o 'abx_[A-Za-z0-9_-]*' "$data/said.log" | head -1)
cd "$data"
schemathesis run "$url/docs/json" --header "Authorization: Bearer $key" \
  --checks not_a_server_error,response_schema_conformance,content_type_conformance --continue-on-failure \
  --exclude-path-regex '^/api/v1/(session|keys|users|privacy|backups|roles|settings/keys|secrets)' "$@"

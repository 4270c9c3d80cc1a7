#!/bin/sh
# `npm start` where no network exists but loopback: it must get ready and answer; then all of it is driven by a real
# browser, and a single attempt to reach another machine fails. Run after `npm ci`.
set -eu
cd "$(dirname "$0")/.."

if [ "${1:-}" != --inside ]; then
  if unshare -n true 2>/dev/null; then exec unshare -n "$0" --inside; fi
  if unshare -rn true 2>/dev/null; then exec unshare -rn "$0" --inside; fi
  echo 'check-offline: not permitted here: a network namespace needs root or user namespaces' >&2
  exit 1
fi

ip link set lo up
node --input-type=module -e '
  import { connect } from "node:net";
  import { networkInterfaces } from "node:os";
  const others = Object.keys(networkInterfaces()).filter((name) => name !== "lo");
  if (others.length > 0) throw new Error(`this is not offline, it has ${others.join(", ")}`);
  const socket = connect({ host: "1.1.1.1", port: 443, timeout: 3000 });
  socket.once("connect", () => { console.error("this is not offline: 1.1.1.1 answers"); process.exit(1); });
  socket.once("error", (error) => console.log(`check-offline: only loopback is here (${error.code})`));
'

data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT
port=$(node scripts/free-port.js)
export ANSWERBOX_DATA_DIR="$data" ANSWERBOX_PORT="$port"
node scripts/check-server.js "http://127.0.0.1:$port" -- npm start
node scripts/check-silence.js

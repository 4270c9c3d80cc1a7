#!/bin/sh
# The software bill of materials (CycloneDX) of what runs, from package-lock.json, without a network; to stdout or FILE.
# usage: scripts/sbom.sh [FILE]
set -eu
cd "$(dirname "$0")/.."
if [ $# -gt 0 ]; then exec > "$1"; fi
npm sbom --sbom-format cyclonedx --sbom-type application --omit dev --package-lock-only

#!/usr/bin/env bash
# Compile the pinned requirements with hashes and without addresses. For maintainers; uv comes from its own wheel.
set -euo pipefail
cd "$(dirname "$0")/.."

command -v uv >/dev/null || { echo "uv がありません。pipx install uv などで入れてください。" >&2; exit 1; }
for name in requirements requirements-dev; do
  uv pip compile --quiet --universal --generate-hashes --no-header "$@" --no-emit-index-url --no-emit-find-links \
    --python-version 3.11 "$name.in" --output-file "$name.lock"
  if grep -nE '(https?|file)://|^-' "$name.lock"; then
    echo "$name.lock に住所が入りました。消してから記録してください。" >&2
    exit 1
  fi
done

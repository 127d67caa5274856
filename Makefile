# What a newcomer and a maintainer type. `make help` prints the line behind each ##.
# Nothing is written outside this folder: data lies in data/, or where PLANWIZARD_DATA says.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run setup doctor test test-postgres test-long bench pages backup restore lock

PYTHON := .venv/bin/python
PORT ?= 8000
export PLANWIZARD_DATA ?= $(CURDIR)/data
export PIP_NO_CACHE_DIR := 1
export UV_NO_CACHE := 1

# The product as a newcomer meets it: DEBUG off, plain http on 127.0.0.1 only.
LOCAL := PLANWIZARD_INSECURE_LOCALHOST=1 XDG_CACHE_HOME="$(PLANWIZARD_DATA)/cache"

help: ## この一覧を表示します
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 24

run: setup ## 準備をして、http://127.0.0.1:8000/ で動かします（番号を変えるには make run PORT=8001、終わるには Ctrl-C）
	@$(LOCAL) exec $(PYTHON) scripts/serve.py --port $(PORT)

setup: ## 足りないものを入れ、データベースと見本の計画を用意します（起動はしません）
	@scripts/setup.sh
	@$(LOCAL) $(PYTHON) scripts/prepare.py

doctor: ## この端末で動かせるかを調べ、直し方を表示します
	@scripts/setup.sh --python-only
	@$(LOCAL) $(PYTHON) manage.py doctor

test: ## すべての検査を動かします（ruff、mypy、ひな形、移行、pytest）
	@scripts/setup.sh --tests
	@scripts/test.sh

test-postgres: ## 両方のデータベース用の検査を、使い捨ての PostgreSQL で動かします
	@scripts/setup.sh --tests --postgres
	@$(PYTHON) scripts/with_postgres.py $(PYTHON) -m pytest -m "both_databases and not long"

test-long: ## 時間のかかる検査（競合、強制終了、文書の検証）を動かします
	@scripts/setup.sh --tests --postgres
	@$(PYTHON) -m pytest -m long
	@$(PYTHON) scripts/with_postgres.py $(PYTHON) -m pytest -m "both_databases and long"

bench: ## 速さとメモリを測り、そのままの部品で作った場合と並べて表にします（10分ほど）
	@scripts/setup.sh
	@$(PYTHON) -m bench $(ARGS)

pages: ## 見本の計画のおもなページを、PDF と Word で絵にします（build/pages/index.html を開きます）
	@scripts/setup.sh --tests
	@$(PYTHON) scripts/pages.py build/pages

backup: ## データベースとファイルを1つのファイルに控えます
	@$(LOCAL) $(PYTHON) manage.py backup

restore: ## 控えから元に戻します（make restore FILE=控えのファイル）
	@test -n "$(FILE)" || { echo "控えのファイルを指定してください: make restore FILE=data/backups/○○.planwizard-backup"; exit 2; }
	@$(LOCAL) $(PYTHON) manage.py restore "$(FILE)"

lock: ## requirements*.lock を作り直します（保守する人向け。uv が要ります。新しい版にするには ARGS=--upgrade）
	@scripts/lock.sh $(ARGS)

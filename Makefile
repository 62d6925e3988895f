# `make` lists what there is. Every target works on a fresh clone; the first run takes a few minutes to install Rasa.
SHELL := /bin/bash
.DEFAULT_GOAL := help
export RASA_TELEMETRY_ENABLED := false
export SQLALCHEMY_SILENCE_UBER_WARNING := 1
export TF_CPP_MIN_LOG_LEVEL := 3
# The encoder's threads must not spin while they wait: beside other work on the same cores it takes thirty times as long.
export OMP_WAIT_POLICY := passive
export PATH := $(CURDIR)/.venv/bin:$(PATH)
export PYTHONPATH := $(CURDIR)

MODEL := models/naast.tar.gz
LEARNT_FROM := config.yml domain.yml $(shell find data naast/understanding -type f -not -name '*.pyc')

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 20

.PHONY: run
run: $(MODEL) ## start Naast; stop with Ctrl-C
	@scripts/run

.PHONY: chat
chat: $(MODEL) ## talk to Naast in this terminal
	@scripts/chat

.PHONY: telegram
telegram: $(MODEL) ## start Naast and fetch Telegram's messages by long polling; needs NAAST_TELEGRAM_TOKEN
	@NAAST_TELEGRAM_MODE=polling scripts/run

.PHONY: telegram-setup
telegram-setup: .venv/.ready ## set the bot's menu, description and webhook
	@python -m scripts.telegram_setup

.PHONY: desk-account
desk-account: .venv/.ready ## make an account for the trainers' desk: NAME=anna ROLE=reviewer, trainer or admin; asks for a password
	@python -m naast.desk.accounts add "$(NAME)" "$(ROLE)"

.PHONY: desk-demo
desk-demo: $(MODEL) ## a desk to try, with two hundred made-up conversations in a database of its own; prints a password
	@python -m tests.desk.demo

.PHONY: train
train: $(MODEL) ## train when the model is older than what it learns from

.PHONY: test
test: check $(MODEL) ## every test: guidance, units, data, stories, conversations over HTTP
	@scripts/test

.PHONY: baseline
baseline: .venv/.ready ## train Rasa's default pipeline and ours on the same messages (a quarter of an hour, kept in var/)
	@python -m scripts.evaluation.baseline

.PHONY: evaluate
evaluate: $(MODEL) baseline ## how well Naast understands held-out messages, beside the default pipeline; writes docs/understanding.md
	@python -m scripts.evaluation.page

.PHONY: tune-encoder
tune-encoder: .venv/.ready ## let the sentence encoder learn from the training messages (half an hour on two quiet cores)
	@python -m scripts.tuning

.PHONY: cross-validate
cross-validate: .venv/.ready ## how the classifier's settings were chosen (about ten minutes)
	@python -m scripts.cross_validate

.PHONY: cross-validate-safety
cross-validate-safety: .venv/.ready ## how classifiers and threshold of safety were chosen, with writers left out (about a quarter of an hour)
	@python -m scripts.cross_validate_safety

.PHONY: desk-speed
desk-speed: .venv/.ready ## how long the desk's pages take with a hundred thousand conversations
	@python -m tests.desk.many

.PHONY: check
check: lint check-guidance ## what needs no model: style and guidance

.PHONY: lint
lint: .venv/.ready ## style of code and YAML
	@ruff check . && ruff format --check . && yamllint --strict .

.PHONY: check-guidance
check-guidance: .venv/.ready ## what is wrong in guidance/, with file and line
	@python -m naast.guidance.checking

.PHONY: coverage
coverage: .venv/.ready ## write docs/coverage.md: the article's advice and how to reach it
	@python -m naast.guidance.coverage

.PHONY: plan-table
plan-table: .venv/.ready ## print what each fact changes in the plan, and write docs/plan-table.md
	@python -m naast.guidance.plan_table

.PHONY: button-titles
button-titles: .venv/.ready ## write what the buttons say into the training messages
	@python -m scripts.button_titles

.PHONY: widget
widget: ## build widget/dist/naast.js from its sources (needs Node; the built file is committed)
	cd widget && npm ci --no-audit --no-fund && npm run check && npm run build

.PHONY: screenshots
screenshots: .venv/.ready ## pictures of the chat for the README, beside a running `make run`
	@python -m scripts.screenshots

.PHONY: ordinary-words
ordinary-words: .venv/.ready ## write the words by which the redactor tells a name from a word
	@python -m scripts.ordinary_words

.PHONY: migrate
migrate: .venv/.ready ## bring the PostgreSQL database of NAAST_DATABASE_URL up to date
	@python -m naast.store.schema

.PHONY: bench
bench: $(MODEL) baseline ## how fast Naast is, beside Rasa's default pipeline and a bare Rasa; writes docs/performance.md
	@python -m scripts.bench

.PHONY: prove
prove: $(MODEL) ## the long proofs: kill -9 fifty times, a hundred thousand odd requests, soak (an hour)
	@scripts/prove

.PHONY: audit
audit: .venv/.ready ## known weaknesses in the packages we use (needs a network that reaches PyPI)
	@scripts/audit

.PHONY: backup
backup: .venv/.ready ## copy the database while Naast runs, into var/backups
	@python -m scripts.backup

.PHONY: restore
restore: .venv/.ready ## put a copy back: make restore FILE=var/backups/naast-....db
	@python -m scripts.restore $(FILE)

.PHONY: doctor
doctor: .venv/.ready ## is this installation in order? says what to do where it is not
	@python -m scripts.doctor

.PHONY: lock
lock: .venv/.ready ## write requirements.txt anew from pyproject.toml
	@scripts/lock

.PHONY: clean
clean: ## remove what was built; conversations in var/ stay
	rm -rf .venv .tools .rasa $(MODEL) logs results

.venv/.ready: requirements.txt scripts/setup
	@scripts/setup

$(MODEL): $(LEARNT_FROM) | .venv/.ready
	@scripts/train $@

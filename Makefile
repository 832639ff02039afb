# `make run` and `make test` do all the set-up themselves. The same without make: see README.md.
PY := .venv/bin/python
export PYTHONDONTWRITEBYTECODE := 1

.PHONY: run test check static hostile faults wheel format lock bench figures benchmark-planted

run:
	sh tools/setup.sh run
	$(PY) -m gradcam_core demo pets --audit
	nice $(PY) -m gradcam_core demo all --audit & $(PY) -m streamlit run app.py

test check: export OMP_NUM_THREADS := 1  # two workers share the cores: threads of their own wait for each other

test: static
	$(PY) -m pytest -q -n 2 --dist loadgroup

check: static  ## before each commit: no TensorFlow, browser, cluster, demo, page or second process
	$(PY) -m pytest -q -n 2 -rfE --fast

static:
	sh tools/setup.sh dev
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy

hostile:  ## hostile inputs by the thousand, a quarter of an hour; a bounded number of them is part of the tests
	sh tools/setup.sh dev
	HOSTILE=whole $(PY) -m pytest -q tests/hostile

faults:  ## each write, rename, sync and close fails in turn; needs a C compiler and Linux
	sh tools/setup.sh dev
	mkdir -p cache/faults && $(CC) -shared -fPIC -o cache/faults/faults.so tests/hostile/faults/faults.c -ldl
	LD_PRELOAD=$$PWD/cache/faults/faults.so $(PY) -W ignore -m tests.hostile.faults cache/faults cache/faults/faults.so 1

wheel:  ## dist/gradcam_audit-*.whl
	sh tools/setup.sh run
	$(PY) -m pip wheel -q . --no-deps -w dist

format:
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

lock:  ## renew both lock files from requirements*.txt
	$(PY) -m pip install -q uv
	$(PY) -m uv pip compile -q --universal --python-version 3.11 requirements-dev.txt -o requirements-dev.lock
	$(PY) -m uv pip compile -q --universal --python-version 3.11 requirements.txt -c requirements-dev.lock -o requirements.lock

bench:  ## speed against other packages; makes environments of their own below cache/
	sh tools/setup.sh run
	$(PY) -m benchmarks.speed

figures:  ## accuracy, scores, time and memory of the demos
	sh tools/setup.sh run
	$(PY) -m benchmarks.figures demo:pets demo:xray demo:clean demo:defects demo:bench demo:tiles demo:keywords --write docs/figures.md

benchmark-planted:
	sh tools/setup.sh run
	$(PY) -m benchmarks.planted --report

.PHONY: api
api:  ## docs/api.md out of the docstrings
	sh tools/setup.sh dev
	$(PY) -m tools.api_page --write docs/api.md

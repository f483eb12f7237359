"""The README is true: its commands parse, its Python runs, its tables are what the program prints."""

import re
import shlex
from pathlib import Path

import pytest

from overproof.verifying import read
from tests.readme import README, SESSION, printed

TEXT = README.read_text(encoding="utf-8")
PYTHON = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
SESSIONS = SESSION.findall(TEXT)
COMMANDS = sorted(set(re.findall(r"`(overproof verify [^`]*)`", TEXT)))
OWN = next(block for block in PYTHON if block.startswith("# own.py"))


def test_there_is_something_to_test():
    assert len(SESSIONS) == 2 and len(COMMANDS) >= 6 and len(PYTHON) == 3


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "own.py").write_text(OWN, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_candidate_can_be_read(folder, command):
    _, verb, candidate = shlex.split(command)
    assert verb == "verify"
    read(candidate, None)


@pytest.mark.parametrize(("command", "shown"), SESSIONS, ids=[command for command, _ in SESSIONS])
def test_every_session_prints_what_is_shown(monkeypatch, command, shown):
    monkeypatch.setenv("COLUMNS", "80")
    assert printed(command) == shown, "make readme writes in what the program prints now"


def test_the_python_examples_run(capsys):
    first, second = (block for block in PYTHON if block != OWN)
    exec(compile(first, "README.md", "exec"), {})
    assert capsys.readouterr().out == "Proved() Proved()\n"
    exec(compile(second, "README.md", "exec"), {})
    kind, low, high = capsys.readouterr().out.split()
    assert kind == "matched" and 1.96 < float(low) < float(high) < 1.97


def test_both_commands_are_targets_of_the_makefile():
    makefile = (Path(__file__).parent.parent / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^make (\w+)", TEXT, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)

"""Style and types are part of the suite: ruff everywhere, mypy strict where a slip would make a verdict wrong."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("arguments", [["ruff", "check", "."], ["mypy"]], ids=["ruff", "mypy"])
def test_clean(arguments):
    done = subprocess.run([sys.executable, "-m", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr


def test_mypy_is_strict_where_it_matters():
    mypy = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    assert mypy["strict"] is True
    assert {"theorems", "numerics/checker.py"} <= set(mypy["files"])
    assert all((ROOT / path).exists() for path in mypy["files"])


@pytest.mark.parametrize(
    ("arguments", "planted"),
    [(["ruff", "check", "--config", str(ROOT / "pyproject.toml")], "import os\n"), (["mypy", "--config-file", str(ROOT / "pyproject.toml")], "def f(x): return x\n")],
    ids=["ruff", "mypy"],
)
def test_a_planted_fault_is_caught(tmp_path, arguments, planted):
    (tmp_path / "planted.py").write_text(planted, encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", *arguments, "planted.py"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout + done.stderr

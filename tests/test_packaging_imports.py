"""Rooms import in one direction only: the contracts hold, and each is shown a planted violation."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("overproof", "paper", "numerics", "gpu_validation", "theorems")

PLANTED = {
    "theorems imports numerics": ("theorems/verdict.py", "import numerics.balls", "Rooms import downwards only"),
    "theorems imports overproof": ("theorems/verdict.py", "import overproof.main", "Rooms import downwards only"),
    "numerics imports gpu_validation": ("numerics/budget.py", "import gpu_validation.record", "Rooms import downwards only"),
    "gpu_validation imports numerics": ("gpu_validation/record.py", "import numerics.balls", "Rooms import downwards only"),
    "numerics imports paper": ("numerics/budget.py", "def f():\n    import paper", "Rooms import downwards only"),
    "paper imports records' writer": ("paper/planted.py", "import gpu_validation.record", "Results travel as records"),
    "theorems imports flint": ("theorems/verdict.py", "import flint", "algebra alone"),
    "theorems imports rich": ("theorems/verdict.py", "def f():\n    from rich.text import Text", "algebra alone"),
    "numerics imports torch": ("numerics/budget.py", "import torch", "need no torch"),
    "paper imports torch": ("paper/planted.py", "def f():\n    import torch", "need no torch"),
    "the checker imports the search": ("numerics/checker.py", "def f():\n    import numerics.search", "knows nothing of the search"),
    "the checker reaches the search": ("numerics/balls.py", "def f():\n    import numerics.search", "knows nothing of the search"),
    "the checker imports cvc5": ("numerics/checker.py", "import cvc5", "knows nothing of the search"),
    "numerics imports tests": ("numerics/budget.py", "import tests.bench", "Nobody imports the tests"),
    "overproof imports tests": ("overproof/main.py", "def f():\n    import tests.bench", "Nobody imports the tests"),
}


def lint(folder):
    """The linter on the tree in `folder`: (passed, output)."""
    code = f"import sys; sys.path.insert(0, {str(folder)!r}); from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-P", "-c", code], cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def tree(tmp_path):
    for room in ROOMS:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=lambda folder, names: {n for n in names if "." in n and not n.endswith(".py")})
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_contracts_hold(tree):
    passed, output = lint(tree)
    assert passed, output
    assert "0 broken" in output


@pytest.mark.parametrize(("path", "line", "contract"), PLANTED.values(), ids=PLANTED)
def test_a_planted_violation_is_caught(tree, path, line, contract):
    file = tree / path
    file.write_text((file.read_text(encoding="utf-8") if file.exists() else "") + f"\n{line}\n", encoding="utf-8")
    passed, output = lint(tree)
    assert not passed
    assert any(contract in line and "BROKEN" in line for line in output.splitlines()), output

"""Every example runs, and prints what it promises."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))
SHOWN = {
    "tree_from_network": ("agrees on 1000 of 1000 held-out inputs", "rain?", "cold?", "weekend?"),
    "update_from_network": ("probes; right at 1.0000 of 3000 nodes", "held-out inputs"),
}


def test_every_example_is_known():
    assert {path.stem for path in EXAMPLES} >= set(SHOWN)


@pytest.mark.parametrize("name", SHOWN)
def test_an_example_runs(name, tmp_path):
    command = [sys.executable, str(ROOT / "examples" / f"{name}.py"), *([str(tmp_path / "tree.dot")] if name == "tree_from_network" else [])]
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env={**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1"}, check=False)
    assert done.returncode == 0, done.stderr
    assert all(text in done.stdout for text in SHOWN[name]), done.stdout
    if name == "tree_from_network":
        assert (tmp_path / "tree.dot").read_text(encoding="utf-8").startswith("digraph")

"""The wheel: what it holds, and that it works alone in an empty environment."""

import json
import os
import subprocess
import sys
import tomllib
import venv
import zipfile
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]


def run(command, **options):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    run([*PIP, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT], cwd=folder)
    (path,) = folder.glob("*.whl")
    return path


def test_it_holds_the_rooms_and_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    rooms = {name.split("/")[0] for name in names if ".dist-info" not in name}
    assert rooms == {"overproof", "theorems", "numerics", "gpu_validation", "paper"}
    suffixes = {Path(name).suffix for name in names if ".dist-info" not in name}
    assert suffixes <= {".py", ".v", ".json", ".tex", ".bib", ".html", ".css", ".js", ".jsonl"}
    kept = {path.relative_to(ROOT).as_posix() for path in (ROOT / "gpu_validation" / "records").rglob("*.json")}
    assert {name for name in names if name.endswith(".json")} == {"theorems/formal/evidence.json", "theorems/formal/compared.json", *kept}
    kept = {str(path.relative_to(ROOT)) for room in rooms for path in (ROOT / room).rglob("*.py") if "generated" not in path.parts}
    assert kept <= set(names)
    sources = [path for suffix in ("tex", "bib", "html", "css", "js") for path in (ROOT / "paper").rglob(f"*.{suffix}") if "generated" not in path.parts]
    assert len(sources) > 15 and {path.relative_to(ROOT).as_posix() for path in sources} <= set(names)


def test_it_works_alone(wheel, tmp_path):
    """Base dependencies at the pinned versions, nothing of the checkout in reach, an operator verified."""
    venv.create(tmp_path / "empty", with_pip=False)
    python = tmp_path / "empty" / "bin" / "python"
    run([*PIP, "--python", python, "install", "--constraint", ROOT / "constraints.txt", wheel])
    home = tmp_path / "elsewhere"
    home.mkdir()
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    options = {"cwd": home, "env": environment}
    assert str(ROOT) not in run([python, "-c", "import overproof, theorems; print(overproof.__file__, theorems.__file__)"], **options)
    report = json.loads(run([tmp_path / "empty" / "bin" / "overproof", "verify", "power", "--json", "-"], **options))
    assert report["operator"]["name"] == "power"
    assert report["legal"] == "proved"


def test_every_requirement_is_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = [line for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    pinned = dict(line.split("==") for line in lines)
    assert all("+" not in version and " " not in line for line, version in pinned.items())
    wanted = [*project["project"]["dependencies"], *chain.from_iterable(project["project"]["optional-dependencies"].values())]
    names = {requirement.split(">=")[0].split("==")[0].strip().lower() for requirement in wanted}
    assert names <= {name.lower() for name in pinned}
    assert pinned["torch"] == "2.13.0"


def test_the_whole_environment_is_pinned():
    """Everything installed here is a pinned version: an unpinned one would differ elsewhere."""
    from importlib.metadata import distributions

    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {name.lower().replace("_", "-"): version for name, version in (line.split("==") for line in lines if "==" in line)}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *chain.from_iterable(project["optional-dependencies"].values())]
    names = {requirement.split(">=")[0].lower() for requirement in wanted}
    installed = {d.metadata["Name"].lower().replace("_", "-"): d.version.split("+")[0] for d in distributions()}
    assert names <= set(installed)
    assert {name: version for name, version in installed.items() if name in names} == {name: pinned[name] for name in names}

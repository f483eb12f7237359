"""Compile the wing with `coqc`, incrementally: a file is compiled again only when it or a requirement changed.

The compiled files go to `.build/` beside the sources (or to `build`), never among the sources themselves.
"""

from __future__ import annotations

import fcntl
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from theorems.errors import OverproofError
from theorems.formal.sources import FOLDER, LIBRARY, Source, Wing, read_wing

LIMIT_SECONDS = 600


@cache
def coq_version() -> str:
    """The version of `coqc` on the path, or "" when there is none."""
    program = shutil.which("coqc")
    if program is None:
        return ""
    answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"version\s+(\S+)", answer)
    return found.group(1) if found else ""


def available() -> str:
    """Why the wing cannot be compiled here, in a line; "" when it can."""
    if not coq_version():
        return "coqc is not installed (Debian packages coq, libcoq-coquelicot, libcoq-interval)"
    where = subprocess.run(["coqc", "-where"], capture_output=True, text=True, check=False).stdout.strip()
    missing = [name for name in ("Coquelicot", "Interval") if not (Path(where) / "user-contrib" / name).is_dir()]
    return f"the Coq library {', '.join(missing)} is not installed (Debian packages libcoq-coquelicot, libcoq-interval)" if missing else ""


def run_coq(text: str, name: str, build: Path) -> str:
    """What `coqc` prints on `text`, compiled as `name` in `build`; `OverproofError` carries its complaint."""
    path = build / f"{name}.v"
    path.write_text(text, encoding="utf-8")
    try:
        done = subprocess.run(
            ["coqc", "-q", "-Q", ".", LIBRARY, path.name], cwd=build, capture_output=True, text=True, timeout=LIMIT_SECONDS, check=False,
        )
    except subprocess.TimeoutExpired as fault:
        raise OverproofError(f"{name}.v: coqc took more than {LIMIT_SECONDS} s") from fault
    if done.returncode != 0:
        raise OverproofError(f"{name}.v does not compile: {' '.join(done.stderr.split())[:600]}")
    return done.stdout


def stamp(source: Source) -> str:
    """What a compiled file is compared with: Coq's version and the digest of the file with its requirements."""
    return f"{coq_version()} {source.closure}"


@contextmanager
def _alone(build: Path) -> Iterator[None]:
    """One compilation at a time in one build folder."""
    with (build / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def compile_wing(folder: Path = FOLDER, build: Path | None = None) -> Wing:
    """Compile every file of `folder` that is not up to date, in order; returns the wing."""
    if reason := available():
        raise OverproofError(reason)
    wing, build = read_wing(folder), build or folder / ".build"
    build.mkdir(parents=True, exist_ok=True)
    with _alone(build):
        for source in wing.sources.values():
            mark, compiled = build / f"{source.name}.stamp", build / f"{source.name}.vo"
            if compiled.exists() and mark.exists() and mark.read_text(encoding="utf-8") == stamp(source):
                continue
            mark.unlink(missing_ok=True)
            run_coq(source.text, source.name, build)
            mark.write_text(stamp(source), encoding="utf-8")
    return wing

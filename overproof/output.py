"""Where results go: a table on standard output, JSON to a file, or JSON alone on standard output."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from theorems.errors import OverproofError
from theorems.evidence import write_atomically


def deliver(value: Any, target: str | None, text: str) -> None:
    """Print `text`, unless `target` is `-`: then JSON alone; a file named by `target` gets the JSON as well."""
    encoded = json.dumps(value, indent=1, ensure_ascii=True) + "\n"
    if target == "-":
        sys.stdout.write(encoded)
        return
    if target is not None:
        write(Path(target), encoded)
    sys.stdout.write(text)


def write(path: Path, text: str) -> None:
    """Write a file whole or not at all; a fault is one line that names it."""
    try:
        write_atomically(path, text)
    except OSError as error:
        raise OverproofError(f"cannot write {path}: {error.strerror}; name a file in a folder that you can write to") from error


def checked_target(target: str | None) -> None:
    """Refuse a JSON target that is a folder before any work is done."""
    if target not in (None, "-") and Path(str(target)).is_dir():
        raise OverproofError(f"--json {target} is a folder; name a file, or - for standard output")

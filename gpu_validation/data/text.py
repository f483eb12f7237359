"""Characters of Python's own standard library: a fixed list of files, real long tails, a digest of what was read."""

from __future__ import annotations

import sysconfig
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import final

import torch

from theorems.errors import OutOfDomain

FILES = (
    "argparse.py",
    "ast.py",
    "bisect.py",
    "calendar.py",
    "copy.py",
    "datetime.py",
    "difflib.py",
    "fractions.py",
    "heapq.py",
    "inspect.py",
    "optparse.py",
    "pathlib.py",
    "pickle.py",
    "random.py",
    "statistics.py",
    "string.py",
    "tarfile.py",
    "textwrap.py",
    "typing.py",
    "zipfile.py",
)


@final
@dataclass(frozen=True)
class Text:
    """`codes` are the characters as class numbers; rare or non-ASCII characters share the last class."""

    codes: torch.Tensor
    alphabet: str
    sha256: str
    files: tuple[str, ...]

    @property
    def classes(self) -> int:
        return len(self.alphabet) + 1


def standard_library(*, characters: int, files: tuple[str, ...] = FILES) -> Text:
    """The first `characters` characters of the listed modules, those that this Python has, in order."""
    folder = Path(sysconfig.get_paths()["stdlib"])
    present = tuple(name for name in files if (folder / name).is_file())
    if not present:
        raise OutOfDomain(f"none of the listed modules lies in Python's library folder; the language experiment needs {files[0]} and its like")
    text = "".join((folder / name).read_text(encoding="utf-8") for name in present)[:characters]
    alphabet = "\n" + "".join(chr(k) for k in range(32, 127))
    number = {c: k for k, c in enumerate(alphabet)}
    codes = torch.tensor([number.get(c, len(alphabet)) for c in text], dtype=torch.int64)
    return Text(codes, alphabet, sha256(text.encode()).hexdigest(), present)

"""Labels, figures and numbers that the text of the paper names, against those that exist: every mismatch fails.

The text speaks of claims by `\\claim{LABEL}`, prints one by `\\statement{LABEL}`, those of a chapter by
`\\statements{CHAPTER}`, a derivation by `\\derivation{LABEL}`, a figure by `\\overfigure{NAME}`, a generated number by
`\\numberof{NAME}` and a generated table by `\\overtable{NAME}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from theorems.errors import OverproofError

COMMANDS: Final = ("claim", "statement", "statements", "derivation", "overfigure", "numberof", "overtable")
_COMMENT: Final = re.compile(r"(?<!\\)%.*")
_USE: Final = re.compile(r"\\(" + "|".join(COMMANDS) + r")\{([^}#]+)\}")

#: The formulas of the text that may hold digits, besides citation keys; the preamble, which is layout, is not looked at.
ALLOWED: Final = (r"p\^\{1/T\}", r"O\(1/n\)", r"\$1/T\$", r"\(1-1/T\)", r"\\cite\{[^}]*\}")


def sources(folder: Path) -> list[Path]:
    """main.tex and the sections, in the order of their names."""
    return [folder / "main.tex", *sorted((folder / "sections").glob("*.tex"))]


def text_of(path: Path) -> str:
    """A source without its comments."""
    return "\n".join(_COMMENT.sub("", line) for line in path.read_text(encoding="utf-8").splitlines())


def named(paths: Iterable[Path]) -> dict[str, dict[str, str]]:
    """For each command, what it names, and the file that names it."""
    found: dict[str, dict[str, str]] = {command: {} for command in COMMANDS}
    for path in paths:
        for command, name in _USE.findall(text_of(path)):
            found[command].setdefault(name, path.name)
    return found


def check(paths: Iterable[Path], *, claims: Iterable[str], chapters: Mapping[str, str], figures: Iterable[str], numbers: Iterable[str],
          tables: Iterable[str]) -> dict[str, dict[str, str]]:
    """Fail on a name without its thing, and on a claim or figure that the paper does not show."""
    uses, claims = named(paths), list(claims)
    known = {"claim": claims, "statement": claims, "derivation": claims, "statements": chapters, "overfigure": figures, "numberof": numbers,
             "overtable": tables}
    for command, names in uses.items():
        for name, file in names.items():
            if name not in set(known[command]):
                raise OverproofError(f"{file} says \\{command}{{{name}}}, which does not exist; correct the name, or state the claim in theorems/")
    for label in claims:
        if label not in uses["statement"] and label.split(":")[0] not in uses["statements"]:
            raise OverproofError(f"the claim {label} is not in the paper; add \\statement{{{label}}} to a section")
    for name in figures:
        if name not in uses["overfigure"]:
            raise OverproofError(f"the figure {name} is not in the paper; add \\overfigure{{{name}}} to a section")
    return uses


def typed_digits(path: Path) -> list[str]:
    """Lines of a source's text with a digit outside the allow-list and outside the names of generated things."""
    text, found = text_of(path), []
    preamble = text.find(r"\begin{document}")
    first = text.count("\n", 0, max(preamble, 0)) + 1
    for number, line in enumerate(text[max(preamble, 0):].splitlines(), first):
        rest = _USE.sub("", line)
        for pattern in ALLOWED:
            rest = re.sub(pattern, "", rest)
        if re.search(r"\d", rest):
            found.append(f"{path.name}:{number}: {line.strip()}")
    return found

"""The Coq files as text: labels, theorems, dependencies and digests.

A label that no theorem carries, a theorem without a label, two theorems with one label, an admitted proof or a declared
axiom are errors here, before Coq is asked: the text alone shows them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import final

from theorems.errors import DuplicateLabel, OverproofError, UnknownLabel

FOLDER = Path(__file__).resolve().parent
LIBRARY = "Overproof"

_LABEL = re.compile(r"\(\*\s*(claim|refutes):\s*([a-z]+:[a-z0-9-]+(?:/[a-z0-9-]+)?)(?:\s+\(([^()]*)\))?\s*\*\)\s*")
_TAG = re.compile(r"\(\*\s*(claim|refutes|partial)\s*:")
_PARTIAL = re.compile(r"\(\*\s*partial:\s*([a-z]+:[a-z0-9-]+(?:/[a-z0-9-]+)?)\s+([^*]+?)\s*\*\)")
_THEOREM = re.compile(r"\bTheorem\s+([A-Za-z_][A-Za-z0-9_']*)")
_REQUIRE = re.compile(rf"\bFrom\s+{LIBRARY}\s+Require\s+(?:Import|Export)\s+([^.]*)\.")
_SENTENCE = re.compile(r"\(\*\*\s*((?:(?!\*\)).)*)\*\)\s*$", re.DOTALL)
#: Words that would let an unproved statement through, or weaken the kernel's checks.
_FORBIDDEN = re.compile(
    r"\b(Admitted|admit|give_up|Axiom|Axioms|Parameter|Parameters|Conjecture|Conjectures|bypass_check|Corollary|Proposition"
    r"|Fact|Remark|native_compute|Declare\s+ML\s+Module|Unset\s+(?:Guard|Positivity|Universe)\s+Checking)\b"
)


@final
@dataclass(frozen=True)
class FormalTheorem:
    """One labelled theorem: `key` is the label with its part, `sentence` the comment that states it."""

    key: str
    label: str
    part: str
    kind: str
    file: str
    name: str
    sentence: str


@final
@dataclass(frozen=True)
class Source:
    """One Coq file: its digest, and `closure`, the digest of it with everything it requires from the wing."""

    name: str
    text: str
    sha256: str
    requires: tuple[str, ...]
    theorems: tuple[FormalTheorem, ...]
    closure: str


@final
@dataclass(frozen=True)
class Wing:
    """All files in an order that compiles, all theorems by key, and what each partial label leaves out."""

    sources: Mapping[str, Source]
    theorems: Mapping[str, FormalTheorem]
    partial: Mapping[str, str]

    def labels(self) -> tuple[str, ...]:
        return tuple(sorted({theorem.label for theorem in self.theorems.values()}))


def without_comments(text: str) -> str:
    """The text with comments (they nest) and strings blanked out, positions kept."""
    out, depth, i, quoted = list(text), 0, 0, False
    while i < len(text):
        pair = text[i : i + 2]
        if text[i] == '"':
            quoted = not quoted
        elif not quoted and pair == "(*":
            depth += 1
        elif not quoted and pair == "*)" and depth:
            depth -= 1
            out[i] = out[i + 1] = " "
            i += 2
            continue
        if (depth or quoted) and text[i] != "\n":
            out[i] = " "
        i += 1
    return "".join(out)


def read_theorems(name: str, text: str) -> tuple[FormalTheorem, ...]:
    """The labelled theorems of one file, after the checks that need only its text."""
    code = without_comments(text)
    if bad := _FORBIDDEN.search(code):
        line = code.count("\n", 0, bad.start()) + 1
        raise OverproofError(f"{name}.v, line {line}: `{bad.group(1)}` is not allowed in the formal wing; prove it as a Lemma or a labelled Theorem")
    found, labelled = [], {}
    for match in _LABEL.finditer(text):
        labelled[match.end()] = match
    for match in _TAG.finditer(text):
        tagged = [m for m in labelled.values() if m.start() == match.start()]
        if match.group(1) != "partial" and not tagged:
            line = text.count("\n", 0, match.start()) + 1
            raise UnknownLabel(f"{name}.v, line {line}: not a label; write (* claim: chapter:name *) or (* claim: chapter:name (part) *)")
    for match in _THEOREM.finditer(code):
        tag = labelled.pop(match.start(), None)
        if tag is None:
            raise UnknownLabel(f"{name}.v: theorem {match.group(1)} carries no label; put (* claim: LABEL *) directly above it or make it a Lemma")
        kind, label, part = tag.group(1), tag.group(2), tag.group(3) or ""
        sentence = _SENTENCE.search(text[: tag.start()].rstrip())
        found.append(FormalTheorem(
            key=f"{label} ({part})" if part else label, label=label, part=part, kind=kind, file=name, name=match.group(1),
            sentence=" ".join(sentence.group(1).split()) if sentence else "",
        ))
    for tag in labelled.values():
        raise UnknownLabel(f"{name}.v: label {tag.group(2)} stands above no theorem")
    return tuple(found)


def _requires(text: str) -> tuple[str, ...]:
    return tuple(word for match in _REQUIRE.finditer(without_comments(text)) for word in match.group(1).split())


def _order(requires: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The files, each after everything it requires."""
    done: list[str] = []
    pending = dict(sorted(requires.items()))
    while pending:
        ready = [name for name, needs in pending.items() if all(need in done for need in needs)]
        if not ready:
            raise OverproofError(f"the Coq files {', '.join(pending)} require each other, or a file that is not there")
        done += ready
        for name in ready:
            del pending[name]
    return done


def read_wing(folder: Path = FOLDER) -> Wing:
    """Every Coq file of `folder`, checked; `UnknownLabel`, `DuplicateLabel` or `OverproofError` name the fault."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.v"))}
    requires = {name: _requires(text) for name, text in texts.items()}
    sources: dict[str, Source] = {}
    theorems: dict[str, FormalTheorem] = {}
    partial: dict[str, str] = {}
    for name in _order(requires):
        text, own = texts[name], hashlib.sha256(texts[name].encode()).hexdigest()
        closure = hashlib.sha256("".join([own, *(sources[need].closure for need in sorted(requires[name]))]).encode()).hexdigest()
        sources[name] = Source(name, text, own, requires[name], read_theorems(name, text), closure)
        for theorem in sources[name].theorems:
            if theorem.key in theorems:
                first = theorems[theorem.key].name
                raise DuplicateLabel(f"{theorem.key} labels both {first} and {theorem.name}; give one of them a part in brackets")
            theorems[theorem.key] = theorem
        partial |= {match.group(1): " ".join(match.group(2).split()) for match in _PARTIAL.finditer(text)}
    for label in partial:
        if label not in {theorem.label for theorem in theorems.values()}:
            raise UnknownLabel(f"a partial: comment names {label}, which no theorem carries")
    return Wing(sources, theorems, partial)

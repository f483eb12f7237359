"""Which claims were compared with their Coq theorems, in which wording: a theorem decides a claim only in the wording compared.

Whether Coq states all that the ledger states is read by people, statement beside statement.  `compared.json` pins what they
read: the meaning of the claim, Coq's statements, and every definition of the wing that these statements rest on.  A claim
that is widened, a theorem that is weakened or a definition that changes takes the evidence away until the two are compared
again; `python -m theorems.formal --compared LABEL` then pins them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Protocol

from theorems.errors import StaleCertificate
from theorems.evidence import digest, write_atomically
from theorems.formal.sources import FOLDER, Source, without_comments

FILE = "compared.json"
UNCOMPARED = "nobody knows: the statements were not compared in this wording"
_DEFINED = re.compile(r"\b(?:Definition|Fixpoint|Function|Inductive|Record|Notation|Let)\s+([A-Za-z_][A-Za-z0-9_']*)(?:(?!\.\s).)*\.", re.DOTALL)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_']*")


class Stated(Protocol):
    """A theorem of the record, as far as its wording goes."""

    @property
    def key(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def statement(self) -> str: ...
    @property
    def rests(self) -> str: ...


def rests(statement: str, source: Source, sources: Mapping[str, Source]) -> str:
    """The digest of every definition below a statement: of the names in it, and of the names in those definitions."""
    defined = _definitions(source, sources)
    found: dict[str, str] = {}
    pending = set(_NAME.findall(statement)) & set(defined)
    while pending:
        name = pending.pop()
        found[name] = defined[name]
        pending |= (set(_NAME.findall(defined[name])) & set(defined)) - set(found)
    return digest(found)[:16]


def _definitions(source: Source, sources: Mapping[str, Source]) -> dict[str, str]:
    """Every definition of a file and of what it requires, by name; where a name is defined twice, both texts."""
    files, pending = {source.name}, list(source.requires)
    while pending:
        name = pending.pop()
        if name not in files:
            files.add(name)
            pending += sources[name].requires
    found: dict[str, str] = {}
    for name in sorted(files):
        for match in _DEFINED.finditer(without_comments(sources[name].text)):
            found[match.group(1)] = found.get(match.group(1), "") + " ".join(match.group(0).split()) + "\n"
    return found


def wording(claim_digest: str, theorems: Iterable[Stated]) -> str:
    """What a reader compares: the claim's meaning, and Coq's statements with all that they rest on."""
    return digest({"claim": claim_digest[:16], "coq": [[t.key, t.kind, t.statement, t.rests] for t in theorems]})[:16]


@cache
def compared() -> Mapping[str, str]:
    """The wording in which each claim was compared, by label."""
    try:
        found: dict[str, str] = json.loads((FOLDER / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise StaleCertificate(f"{FILE} does not say which claims were compared with Coq's theorems ({fault})") from fault
    return found


def pin(wordings: Mapping[str, str]) -> None:
    """Write down that these claims were compared as they stand."""
    write_atomically(FOLDER / FILE, json.dumps({**compared(), **wordings}, indent=1, sort_keys=True) + "\n")
    compared.cache_clear()

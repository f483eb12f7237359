"""Long propositions on several lines: LaTeX with an indent for each line, broken where a reader would break."""

from __future__ import annotations

from typing import Any, Final

import sympy as sp

from paper.latex import latex
from theorems.logic import All, Any_, Exists, ForAll, Relation

SIGNS: Final = {"=": "=", "!=": r"\ne", "<=": r"\le", "<": "<", ">=": r"\ge", ">": ">"}
Line = tuple[int, str]


def broken(term: Any, width: int, indent: int = 0) -> list[Line]:
    """Lines (indent, LaTeX) of about `width` characters of LaTeX each; never less than a term a line."""
    whole = latex(term)
    if len(whole) <= width:
        return [(indent, whole)]
    match term:
        case All() | Any_():
            joint = r"\ \wedge" if isinstance(term, All) else r"\ \vee"
            several = [broken(part, width, indent) for part in term.args]
            return [line for k, lines in enumerate(several) for line in (_ended(lines, joint) if k < len(several) - 1 else lines)]
        case ForAll() | Exists():
            return _quantified(term, width, indent)
        case Relation():
            first, *rest = _sum(term.right, width - 4, indent + 1)
            return [*_sum(term.left, width, indent), (first[0], f"{SIGNS[term.op]} {first[1]}"), *rest]
    return [(indent, whole)]


def _quantified(term: Any, width: int, indent: int) -> list[Line]:
    head = ", ".join(map(latex, term.variables))
    given = r",\ ".join(map(latex, term.given))
    if isinstance(term, Exists):
        start = rf"\exists {head}:"
        parts = [broken(part, width, indent + 1) for part in (*term.given, term.then)]
        return [(indent, start), *(line for k, lines in enumerate(parts) for line in (_ended(lines, ",") if k < len(parts) - 1 else lines))]
    start = (rf"\forall {head}" + (rf"\ ({given})" if given else "") + ":") if head else given + r"\ \Rightarrow"
    return [(indent, start), *broken(term.then, width, indent + 1)]


def _sum(term: Any, width: int, indent: int) -> list[Line]:
    """A sum of many terms, as many on a line as fit."""
    if len(latex(term)) <= width or not isinstance(term, sp.Add):
        return [(indent, latex(term))]
    lines: list[Line] = []
    for part in term.as_ordered_terms():
        text = latex(part)
        signed = text if text.startswith("-") or not lines else f"+ {text}"
        if lines and len(lines[-1][1]) + len(signed) <= width:
            lines[-1] = (lines[-1][0], f"{lines[-1][1]} {signed}")
        else:
            lines.append((indent + bool(lines), signed))
    return lines


def _ended(lines: list[Line], sign: str) -> list[Line]:
    return [*lines[:-1], (lines[-1][0], lines[-1][1] + sign)]

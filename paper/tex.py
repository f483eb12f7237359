"""LaTeX for text, statements, derivations and tables; everything that the paper prints comes through here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from paper.breaking import broken
from paper.latex import latex
from theorems.errors import OverproofError
from theorems.logic import All, Proposition
from theorems.proof import At, Step
from theorems.report import plain, spell

#: Characters of LaTeX that fit on a line of the paper; a wider line is scaled down.
WIDTH: Final = 150
_SPECIAL: Final = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "_": r"\_", "%": r"\%", "&": r"\&", "#": r"\#", "$": r"\$", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}", '"': "''",
}
_SIGNS: Final = {
    "≤": r"$\le$", "≥": r"$\ge$", "≠": r"$\ne$", "→": r"$\to$", "−": "$-$", "×": r"$\times$", "·": r"$\cdot$", "∞": r"$\infty$", "≺": r"$\prec$",
    "–": "--", "—": "---", "…": r"\dots{}", "’": "'", "‖": r"$\|$", "δ": r"$\delta$", "β": r"$\beta$", "λ": r"$\lambda$", "ρ": r"$\rho$",
    "‰": r"\textperthousand{}",
}


def escape(text: str) -> str:
    """Plain text as LaTeX; a character that the fonts of the paper do not have raises."""
    out = []
    for letter in text:
        if letter in _SPECIAL or letter in _SIGNS:
            out.append(_SPECIAL.get(letter) or _SIGNS[letter])
        elif ord(letter) < 0x180:
            out.append(letter)
        else:
            raise OverproofError(f"the paper has no sign for {letter!r} in {text[:60]!r}; add it to paper/tex.py")
    return "".join(out)


def code(text: str) -> str:
    """Typewriter text that may break after a colon, slash or hyphen."""
    return r"\code{" + re.sub(r"(?<=[:/.*(+-])(?=[\w(])", r"\\allowbreak{}", escape(text)) + "}"


def lines(proposition: Proposition) -> str:
    """A proposition on as many lines as it needs, each scaled down where it is too wide all the same."""
    parts = proposition.args if isinstance(proposition, All) else (proposition,)
    rows = [row for part in parts for row in broken(part, WIDTH)]
    return "".join(rf"\formula{{{min(indent, 6)}}}{{{_words(text)}}}" + "\n" for indent, text in rows)


def _words(latex: str) -> str:
    return re.sub(r"\\text\{([^}]*)\}", lambda m: r"\text{" + m[1].replace("_", r"\_") + "}", latex).replace(r"\substack", r"\substack ")


def hypotheses(claim: Any) -> str:
    """Short ones run on in one paragraph, long ones have lines of their own."""
    texts = [_words(latex(h)) for _, h in claim.hypotheses]
    short = "; ".join(f"${text}$" for text in texts if len(text) <= WIDTH)
    long = "".join(lines(h) for (_, h), text in zip(claim.hypotheses, texts, strict=True) if len(text) > WIDTH)
    start = rf"\given{{{short}}}" if short else r"\moregiven" if long else ""
    return f"{start}\n{long}"


def statement(claim: Any, verdict: str, witness: Any) -> str:
    """Title, verdict, source, hypotheses and conclusion; a refutation shows its witness."""
    source = "ours" if claim.source.key == "ours" else f"{escape(str(claim.source))}, {claim.formalisation}"
    head = rf"\begin{{statementof}}{{{claim.label}}}{{{escape(claim.title)}}}{{{verdict}}}{{{source}}}"
    middle = hypotheses(claim) + (r"\imply" + "\n" if claim.hypotheses else "") + lines(claim.conclusion)
    shown = "; ".join(f"{key} = {spell(plain(value))}" for key, value in witness.items()) if witness else ""
    end = rf"\witness{{{escape(shown)}}}" + "\n" if shown and len(shown) < 400 else ""
    return f"{head}\n{middle}{end}\\end{{statementof}}\n"


def derivation(label: str, steps: Sequence[Step]) -> str:
    return rf"\begin{{derivationof}}{{{label}}}" + "\n" + "".join(step(s, 0) for s in steps) + r"\end{derivationof}" + "\n"


def step(found: Step, depth: int) -> str:
    """Sub-proofs first, then the step: name, rule, what it stands on, conclusion, reason."""
    text = ""
    for part in found.parts:
        variables = ", ".join(map(str, part.variables))
        text += rf"\subproof{{{depth}}}{{{escape(variables)}}}" + "\n"
        text += "".join(rf"\assume{{{depth + 1}}}{{{escape(key)}}}" + "\n" + lines(a) for key, a in part.assume)
        text += "".join(step(inner, depth + 1) for inner in part.steps)
    by = ", ".join(escape(b.name if isinstance(b, At) else b) for b in found.by)
    text += rf"\step{{{depth}}}{{{escape(found.name)}}}{{{escape(found.rule)}}}{{{by}}}" + "\n" + lines(found.then)
    return text + (rf"\reason{{{escape(found.because)}}}" + "\n" if found.because else "")


def table(columns: str, head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table over pages; cells are LaTeX already."""
    start = rf"\begin{{longtable}}{{{columns}}}\toprule " + " & ".join(rf"\textbf{{{cell}}}" for cell in head) + r" \\ \midrule\endhead" + "\n"
    return start + "".join(" & ".join(row) + r" \\" + "\n" for row in rows) + r"\bottomrule\end{longtable}" + "\n"

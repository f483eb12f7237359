"""Terms and propositions in LaTeX: SymPy's printer, with names of several letters kept together and Greek where it is meant."""

from __future__ import annotations

import re
from typing import Any, Final, final

from sympy.printing.latex import LatexPrinter

GREEK: Final = {"lam": r"\lambda", "s2": r"\sigma^{2}"}


@final
class Printer(LatexPrinter):  # type: ignore[misc]
    """`lam` is the letter lambda, which Python keeps for itself; other long names are set upright."""

    def _deal_with_super_sub(self, string: str, style: str = "plain") -> str:
        if string in GREEK:
            return GREEK[string]
        base, *rest = re.split(r"(?=_)", super()._deal_with_super_sub(string, style), maxsplit=1)
        return (rf"\mathrm{{{base}}}" if re.fullmatch(r"[A-Za-z]{2,}", base) else base) + "".join(rest)


def latex(term: Any) -> str:
    """`term` in LaTeX, for LaTeX itself and for MathML."""
    return str(Printer({"fold_short_frac": False}).doprint(term))

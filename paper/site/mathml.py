"""LaTeX as our printers write it, turned into MathML, which browsers render without a script.

The language is small and closed: an unknown command raises, so that nothing is shown wrong in silence.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Final, final

from theorems.errors import OverproofError

_LETTERS: Final = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ", "iota": "ι",
    "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "ϕ",
    "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π",
    "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "partial": "∂", "infty": "∞", "ell": "ℓ", "emptyset": "∅", "ldots": "…", "cdots": "⋯",
}
_SIGNS: Final = {
    "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠", "to": "→", "forall": "∀", "exists": "∃", "wedge": "∧", "vee": "∨",
    "Rightarrow": "⇒", "Longrightarrow": "⟹", "Leftrightarrow": "⇔", "mapsto": "↦", "cdot": "·", "times": "×", "circ": "∘", "prec": "≺",
    "preceq": "⪯", "succ": "≻", "in": "∈", "subset": "⊂", "subseteq": "⊆", "cup": "∪", "cap": "∩", "pm": "±", "approx": "≈", "propto": "∝",
    "mid": "∣", "|": "‖", "{": "{", "}": "}", "lvert": "|", "rvert": "|", "lVert": "‖", "rVert": "‖", "langle": "⟨", "rangle": "⟩",
    "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "neg": "¬", "setminus": "∖", "equiv": "≡", "sim": "∼", "perp": "⟂",
    "lbrace": "{", "rbrace": "}", "ll": "≪", "gg": "≫", "colon": ":", "%": "%", "star": "⋆", "ast": "∗",
}
_LARGE: Final = {"sum": "∑", "prod": "∏", "int": "∫"}
_NAMES: Final = {"log", "exp", "sin", "cos", "tan", "sinh", "cosh", "tanh", "atan", "min", "max", "sup", "inf", "lim", "sgn", "arg", "det", "Pr"}
_UNDER: Final = {"sum", "prod", "lim", "min", "max", "sup", "inf"}
_SPACES: Final = {" ": "0.5em", ",": "0.17em", ";": "0.28em", ":": "0.22em", "quad": "1em", "qquad": "2em", "!": "0em"}
_MARKS: Final = {"bar": "¯", "overline": "¯", "hat": "^", "widehat": "^", "tilde": "~", "widetilde": "~", "vec": "→", "dot": "˙"}
_VARIANTS: Final = {"mathbb": {"E": "𝔼", "R": "ℝ", "P": "ℙ", "N": "ℕ", "Z": "ℤ", "1": "𝟙"}, "mathcal": {"I": "ℐ", "L": "ℒ", "H": "ℋ", "F": "ℱ"}}
_TOKEN: Final = re.compile(r"\\[a-zA-Z]+|\\.|[a-zA-Z]|[0-9]+(?:\.[0-9]+)?|\s+|[^\sa-zA-Z0-9\\]")


def mathml(latex: str, *, block: bool = False) -> str:
    """`<math>` for the formula; `block` sets sums and fractions at full size."""
    style = ' display="block"' if block else ""
    return f'<math displaystyle="true"{style}><mrow>{_Reader(latex).everything()}</mrow></math>'


@final
@dataclass
class _Node:
    """Markup, and whether scripts go under and over it."""

    markup: str
    under: bool = False


@final
class _Reader:
    def __init__(self, latex: str) -> None:
        self.latex = latex
        self.tokens = _TOKEN.findall(latex)
        self.place = 0

    def everything(self) -> str:
        row = self.row(())
        if self.place < len(self.tokens):
            raise self.fault(self.tokens[self.place])
        return row

    def fault(self, token: str) -> OverproofError:
        return OverproofError(f"no MathML for {token} in the formula {self.latex[:120]}")

    def peek(self) -> str:
        while self.place < len(self.tokens) and self.tokens[self.place].isspace():
            self.place += 1
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def take(self) -> str:
        token = self.peek()
        if not token:
            raise self.fault("its end")
        self.place += 1
        return token

    def row(self, ends: tuple[str, ...]) -> str:
        """Nodes up to a token of `ends`, which is left standing."""
        parts = []
        while (token := self.peek()) and token not in ends and token != "}":
            parts.append(self.scripted())
        return "".join(parts)

    def scripted(self) -> str:
        node, lower, upper = self.atom(), "", ""
        while self.peek() in ("_", "^", "'"):
            sign = self.take()
            if sign == "_":
                lower = self.argument()
            else:
                upper += "<mo>′</mo>" if sign == "'" else self.argument()
        return _with_scripts(node, lower, upper)

    def argument(self) -> str:
        """A group in braces, or one atom."""
        if self.peek() == "{":
            return f"<mrow>{self.group()}</mrow>"
        return self.atom().markup

    def group(self) -> str:
        self.take()
        row = self.row(("}",))
        self.expect("}")
        return row

    def expect(self, wanted: str) -> None:
        if (token := self.take()) != wanted:
            raise self.fault(token)

    def raw(self) -> str:
        """The text of a group, as it is written."""
        self.expect("{")
        depth, parts = 1, []
        while True:
            if self.place >= len(self.tokens):
                raise self.fault("its end")
            token = self.tokens[self.place]
            self.place += 1
            depth += {"{": 1, "}": -1}.get(token, 0)
            if not depth:
                return "".join(parts)
            parts.append(token)

    def atom(self) -> _Node:
        if self.peek() == "{":
            return _Node(f"<mrow>{self.group()}</mrow>")
        token = self.take()
        if token.startswith("\\"):
            return self.command(token[1:])
        if token.isdigit() or token[0].isdigit():
            return _Node(f"<mn>{token}</mn>")
        if token.isalpha():
            return _Node(f"<mi>{token}</mi>")
        if token in ("&", "^", "_"):
            raise self.fault(token)
        fence = ' stretchy="false"' if token in "()[]|" else ""
        return _Node(f"<mo{fence}>{html.escape(token.replace('-', '−').replace('*', '∗'))}</mo>")

    def command(self, name: str) -> _Node:
        if name in _LETTERS:
            return _Node(f"<mi>{_LETTERS[name]}</mi>")
        if name in _LARGE:
            return _Node(f'<mo movablelimits="false">{_LARGE[name]}</mo>', name in _UNDER)
        if name in _NAMES:
            return _Node(f"<mi>{name}</mi><mspace width='0.12em'/>" if name not in _UNDER else f"<mo>{name}</mo>", name in _UNDER)
        if name in _SPACES:
            return _Node(f'<mspace width="{_SPACES[name]}"/>')
        if name in ("text", "mathrm", "operatorname", "mathit", "mathbf", "textbf", "textit", "mathsf"):
            return _text(name, self.raw())
        if name in _VARIANTS:
            letter = self.raw()
            return _Node(f"<mi>{_VARIANTS[name].get(letter, letter)}</mi>")
        if name in _MARKS:
            return _Node(f'<mover accent="true">{self.argument()}<mo>{_MARKS[name]}</mo></mover>')
        return self.structure(name)

    def structure(self, name: str) -> _Node:
        match name:
            case "frac" | "dfrac" | "tfrac":
                return _Node(f"<mfrac>{self.argument()}{self.argument()}</mfrac>")
            case "binom":
                return _Node(f"<mrow><mo>(</mo><mfrac linethickness='0'>{self.argument()}{self.argument()}</mfrac><mo>)</mo></mrow>")
            case "sqrt":
                return self.root()
            case "left":
                return self.fenced()
            case "substack":
                return _Node(self.stack())
            case "begin":
                return self.environment()
            case "big" | "Big" | "bigl" | "bigr" | "displaystyle" | "limits" | "nolimits":
                return _Node("")
            case _ if name in _SIGNS:
                return _Node(f"<mo>{html.escape(_SIGNS[name])}</mo>")
        raise self.fault(f"\\{name}")

    def root(self) -> _Node:
        if self.peek() == "[":
            self.take()
            degree = self.row(("]",))
            self.expect("]")
            return _Node(f"<mroot>{self.argument()}<mrow>{degree}</mrow></mroot>")
        return _Node(f"<msqrt>{self.argument()}</msqrt>")

    def fence(self) -> str:
        token = self.take()
        if token == ".":
            return ""
        sign = _SIGNS.get(token[1:], "") if token.startswith("\\") else token
        if not sign:
            raise self.fault(token)
        return f'<mo stretchy="true">{html.escape(sign)}</mo>'

    def fenced(self) -> _Node:
        start, row = self.fence(), self.row(("\\right",))
        self.expect("\\right")
        return _Node(f"<mrow>{start}{row}{self.fence()}</mrow>")

    def stack(self) -> str:
        self.expect("{")
        rows = [self.row(("\\\\",))]
        while self.peek() == "\\\\":
            self.take()
            rows.append(self.row(("\\\\",)))
        self.expect("}")
        return "<mtable rowspacing='0.1em'>" + "".join(f"<mtr><mtd>{row}</mtd></mtr>" for row in rows) + "</mtable>"

    def environment(self) -> _Node:
        kind = self.raw()
        if kind not in ("cases", "matrix", "pmatrix"):
            raise self.fault(f"\\begin{{{kind}}}")
        rows, cells = [], []
        while self.peek() != "\\end":
            cells.append(self.row(("&", "\\\\", "\\end")))
            if self.peek() in ("\\\\", "\\end"):
                rows.append("".join(f'<mtd style="text-align:left">{cell}</mtd>' for cell in cells))
                cells = []
            if self.peek() in ("&", "\\\\"):
                self.take()
        self.take()
        self.raw()
        table = "<mtable>" + "".join(f"<mtr>{row}</mtr>" for row in rows) + "</mtable>"
        start, end = {"cases": ("{", ""), "matrix": ("", ""), "pmatrix": ("(", ")")}[kind]
        return _Node(f"<mrow>{_stretched(start)}{table}{_stretched(end)}</mrow>")


def _stretched(sign: str) -> str:
    return f'<mo stretchy="true">{sign}</mo>' if sign else ""


def _text(name: str, raw: str) -> _Node:
    words = html.escape(raw.replace("\\_", "_").replace("\\", ""))
    if name in ("text", "textbf", "textit"):
        return _Node(f"<mtext>{words.replace(' ', chr(160))}</mtext>")
    return _Node(f'<mi mathvariant="normal">{words}</mi>' if name != "mathit" else f"<mi>{words}</mi>")


def _with_scripts(node: _Node, lower: str, upper: str) -> str:
    base, under = node.markup or "<mrow></mrow>", node.under
    if (lower or upper) and base.count("<mi>") and "<mspace" in base:
        base = f"<mrow>{base}</mrow>"
    names = ("munder", "mover", "munderover") if under else ("msub", "msup", "msubsup")
    if lower and upper:
        return f"<{names[2]}>{base}{_one(lower)}{_one(upper)}</{names[2]}>"
    if lower:
        return f"<{names[0]}>{base}{_one(lower)}</{names[0]}>"
    return f"<{names[1]}>{base}{_one(upper)}</{names[1]}>" if upper else base


def _one(markup: str) -> str:
    """A script is one element."""
    return f"<mrow>{markup}</mrow>"

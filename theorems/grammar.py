"""The closed grammar of formulas: text -> tree, by tokens and precedence climbing.  Never `eval`.

    sum    := term (("+" | "-") term)*          factor := ("-" | "+") factor | power
    term   := factor (("*" | "/") factor)*      power  := atom ["**" factor]
    atom   := number | name | name "(" sum ("," sum)* ")" | "(" sum ")"

Names are ASCII words; which of them mean something is decided when the tree is built.  Length and depth
are bounded here, numbers and exponents where the tree is built.  Every fault is an `InvalidOperator`
whose first line names fault and mend, followed by the text and a caret under the position.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, NoReturn, final

from theorems.errors import InvalidOperator

LENGTH_LIMIT: Final = 2000
DEPTH_LIMIT: Final = 64
DIGIT_LIMIT: Final = 50

_TOKEN = re.compile(
    r"(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z_0-9]*)|(?P<sign>\*\*|[-+*/(),])"
)
_MENDS: Final = {
    "^": "write ** for a power",
    ".": "a point belongs inside a number; there is no attribute access",
    "=": "give the formula alone, without a left-hand side",
}


@final
@dataclass(frozen=True)
class Node:
    """One part of a formula: `kind` number, name, call, sum, product, negative, reciprocal or power."""

    kind: str
    position: int
    text: str = ""
    parts: tuple[Node, ...] = ()


def fault(text: str, position: int, what: str, mend: str) -> NoReturn:
    """Raise `InvalidOperator`: one line with fault and mend, then the text around `position` and a caret."""
    start = max(0, position - 40)
    window = text[start : position + 30]
    shown = "".join(c if " " <= c <= "~" else "?" for c in window)
    raise InvalidOperator(f"{what} at column {position + 1}; {mend}\n  {shown}\n  {' ' * (position - start)}^")


@final
class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.depth = 0
        self.position = self.end = 0
        self.kind = self.word = ""
        self.advance()

    def advance(self) -> None:
        """Read the next token into `kind`, `word` and `position`; kind "" is the end."""
        start = self.end
        while start < len(self.text) and self.text[start] in " \t":
            start += 1
        self.position = self.end = start
        self.kind = self.word = ""
        if start == len(self.text):
            return
        match = _TOKEN.match(self.text, start)
        if match is None:
            character = self.text[start]
            mend = _MENDS.get(character, "use numbers, names, + - * / ** , and parentheses")
            fault(self.text, start, f"unexpected character {character!a}", mend)
        self.kind, self.word, self.end = str(match.lastgroup), match.group(), match.end()

    def expect(self, word: str, mend: str) -> None:
        if self.word != word:
            found = repr(self.word) if self.kind else "the end"
            fault(self.text, self.position, f"expected {word!r} but found {found}", mend)
        self.advance()

    def sum(self) -> Node:
        start = self.position
        terms = [self.term()]
        while self.word in ("+", "-"):
            position, negative = self.position, self.word == "-"
            self.advance()
            term = self.term()
            terms.append(Node("negative", position, parts=(term,)) if negative else term)
        return terms[0] if len(terms) == 1 else Node("sum", start, parts=tuple(terms))

    def term(self) -> Node:
        start = self.position
        factors = [self.factor()]
        while self.word in ("*", "/"):
            position, below = self.position, self.word == "/"
            self.advance()
            factor = self.factor()
            factors.append(Node("reciprocal", position, parts=(factor,)) if below else factor)
        return factors[0] if len(factors) == 1 else Node("product", start, parts=tuple(factors))

    def factor(self) -> Node:
        self.depth += 1
        if self.depth > DEPTH_LIMIT:
            fault(self.text, self.position, f"nested more than {DEPTH_LIMIT} deep", "write a flatter formula")
        position, sign = self.position, self.word
        if sign in ("-", "+"):
            self.advance()
            inner = self.factor()
            node = Node("negative", position, parts=(inner,)) if sign == "-" else inner
        else:
            node = self.power()
        self.depth -= 1
        return node

    def power(self) -> Node:
        base = self.atom()
        if self.word != "**":
            return base
        position = self.position
        self.advance()
        return Node("power", position, parts=(base, self.factor()))

    def atom(self) -> Node:
        position, kind, word = self.position, self.kind, self.word
        if kind == "number" and sum(c.isdigit() for c in word) > DIGIT_LIMIT:
            fault(self.text, position, f"a number of more than {DIGIT_LIMIT} digits", "round it")
        if kind in ("number", "name"):
            self.advance()
            if kind == "name" and self.word == "(":
                return self.call(position, word)
            if self.kind in ("number", "name") or (kind == "number" and self.word == "("):
                fault(self.text, self.position, "missing operator", "write * between factors, e.g. 2*p")
            return Node(kind, position, word)
        if word == "(":
            self.advance()
            inner = self.sum()
            self.expect(")", "close the parenthesis")
            return inner
        found = repr(word) if kind else "the end"
        fault(self.text, position, f"expected a number, name or parenthesis but found {found}", "complete the formula")

    def call(self, position: int, name: str) -> Node:
        self.advance()
        arguments = [self.sum()]
        while self.word == ",":
            self.advance()
            arguments.append(self.sum())
        self.expect(")", f"close the parenthesis of {name}")
        return Node("call", position, name, tuple(arguments))


def parse_tree(text: str, length: int = LENGTH_LIMIT) -> Node:
    """The tree of `text`; `InvalidOperator` with a caret where the grammar is left."""
    if len(text) > length:
        raise InvalidOperator(f"the formula has {len(text)} characters; the limit is {length}: shorten it or write a FILE.py")
    parser = _Parser(text)
    tree = parser.sum()
    if parser.kind:
        mend = "check the parentheses and operators before it"
        fault(text, parser.position, f"unexpected {parser.word!r}", mend)
    return tree

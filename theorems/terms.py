"""Names, substitution and renaming in terms and propositions, with bound variables kept apart.

Binders are Sum, Product, Integral and Lambda among terms and ForAll, Exists and Tends among propositions.
Functions are named by strings, families by IndexedBase, everything else by symbols.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, final

import sympy as sp
from sympy.concrete.expr_with_limits import ExprWithLimits
from sympy.core.function import AppliedUndef
from sympy.core.symbol import Str
from sympy.printing.repr import ReprPrinter

from theorems.logic import Exists, ForAll, Named, Relation, Tends

#: How many answers about immutable terms are kept: equal terms have equal answers.
_KEPT = 50_000


class Random(sp.Symbol):
    """A real random variable: what E averages over."""


class RandomFamily(sp.IndexedBase):
    """A random vector: its entries are random variables on the same probability space."""


class E(sp.Expr):
    """Expectation of its argument over the one underlying probability space of a claim.

    Laws are finite, so that every expectation exists and passes through sums and derivatives.
    """

    is_commutative = True
    is_real = True

    def __new__(cls, body: Any) -> E:
        return sp.Basic.__new__(cls, sp.sympify(body))

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        text = rf"\mathbb{{E}}\left[{printer._print(self.args[0])}\right]"
        return text if exp is None else rf"{{{text}}}^{{{exp}}}"

    def _sympystr(self, printer: Any) -> str:
        return f"E[{printer._print(self.args[0])}]"

    def _eval_derivative(self, symbol: sp.Symbol) -> sp.Expr:
        return E(sp.diff(self.args[0], symbol))


def peel(node: ExprWithLimits) -> tuple[sp.Expr, sp.Symbol, tuple[sp.Expr, ...]]:
    """Body, variable and ends of the outermost range; SymPy writes nested sums as one sum over several ranges."""
    variable, *ends = node.limits[-1]
    body = node.func(node.function, *node.limits[:-1]) if len(node.limits) > 1 else node.function
    return body, variable, tuple(ends)


def binds(node: sp.Basic) -> tuple[sp.Basic, ...]:
    """The variables that `node` binds, none for an ordinary node."""
    if isinstance(node, ExprWithLimits):
        return (peel(node)[1],)
    if isinstance(node, (ForAll, Exists)):
        return node.variables
    if isinstance(node, sp.Lambda):
        return tuple(node.signature)
    return (node.args[1],) if isinstance(node, Tends) else ()


def free_names(node: Any) -> frozenset[str]:
    """Names of the free symbols, families and functions of a term or proposition."""
    return _free_names(node) if isinstance(node, sp.Basic) else frozenset()


@lru_cache(maxsize=_KEPT)
def _free_names(node: sp.Basic) -> frozenset[str]:
    if isinstance(node, sp.IndexedBase):
        return frozenset({str(node.label)})
    if isinstance(node, sp.Symbol):
        return frozenset({node.name})
    if isinstance(node, Str):
        return frozenset()
    own = frozenset({type(node).__name__}) if isinstance(node, AppliedUndef) else frozenset()
    if isinstance(node, ExprWithLimits):
        body, variable, ends = peel(node)
        return (free_names(body) - {str(variable)}).union(*(free_names(end) for end in ends))
    inside: frozenset[str] = own.union(*(free_names(a) for a in node.args))
    return inside - {str(v) for v in binds(node)}


def random_names(node: Any) -> frozenset[str]:
    """Names of the random variables and families on which the value of a term depends; none from inside an E."""
    if isinstance(node, E) or not isinstance(node, sp.Basic):
        return frozenset()
    if isinstance(node, RandomFamily):
        return frozenset({str(node.label)})
    if isinstance(node, sp.Symbol):
        return frozenset({node.name}) if isinstance(node, Random) else frozenset()
    return frozenset[str]().union(*(random_names(a) for a in node.args))


def loose_random(node: Any) -> frozenset[str]:
    """Names of random variables that a proposition speaks of outside expectations and without binding them."""
    if isinstance(node, (E, Named)) or not isinstance(node, sp.Basic):
        return frozenset()
    if isinstance(node, (sp.Symbol, sp.IndexedBase)):
        return random_names(node)
    return frozenset[str]().union(*(loose_random(a) for a in node.args)) - {str(v) for v in binds(node)}


def averaged_names(node: Any) -> frozenset[str]:
    """Names that occur inside some E of a term or proposition."""
    return frozenset[str]().union(*(free_names(e.args[0]) for e in node.atoms(E)))


def is_random(variable: Any) -> bool:
    return isinstance(variable, (Random, RandomFamily))


def fresh(name: str, taken: frozenset[str] | set[str]) -> str:
    """`name`, or `name_2`, `name_3`, ...: the first that is not taken."""
    candidate, count = name, 1
    while candidate in taken:
        count += 1
        candidate = f"{name}_{count}"
    return candidate


def renamed(variable: sp.Basic, name: str) -> sp.Basic:
    """The same kind of variable under another name."""
    if isinstance(variable, sp.IndexedBase):
        return type(variable)(name)
    return type(variable)(name, **variable.assumptions0) if isinstance(variable, sp.Symbol) else variable


def substitute(node: Any, mapping: Mapping[str, Any]) -> Any:
    """`node` with free names replaced: symbols by terms, families and functions by Lambdas or other families."""
    mapping = {name: value for name, value in mapping.items() if name in free_names(node)}
    if not mapping or not isinstance(node, sp.Basic):
        return node
    if isinstance(node, sp.Symbol):
        return sp.sympify(mapping[node.name])
    if isinstance(node, sp.Indexed):
        indices = tuple(substitute(index, mapping) for index in node.indices)
        base = mapping.get(str(node.base.label), node.base)
        return applied(base, indices) if isinstance(base, sp.Lambda) else base[indices]
    if isinstance(node, AppliedUndef) and type(node).__name__ in mapping:
        rule, inputs = mapping[type(node).__name__], tuple(substitute(a, mapping) for a in node.args)
        return applied(rule, inputs) if isinstance(rule, sp.Lambda) else rule(*inputs)
    if isinstance(node, sp.IndexedBase):
        return mapping[str(node.label)]
    if isinstance(node, sp.Derivative):
        return _substitute_derivative(node, mapping)
    if isinstance(node, ExprWithLimits):
        return _substitute_limits(node, mapping)
    if isinstance(node, E) or (isinstance(node, Named) and node.name in ("surely", "independent")):
        _keep_apart(node, mapping)
    bound = binds(node)
    if bound:
        node = _rename_apart(node, bound, mapping)
        own = {str(v) for v in binds(node)}
        mapping = {name: value for name, value in mapping.items() if name not in own}
    return node.func(*(substitute(a, mapping) for a in node.args))


def applied(rule: sp.Lambda, inputs: tuple[Any, ...]) -> Any:
    """`rule` at `inputs` (terms or families); SymPy's own call would let bound names in the rule capture them."""
    if len(inputs) != len(rule.signature):
        raise ValueError(f"{rule} takes {len(rule.signature)} inputs")
    return substitute(rule.expr, {str(v): a for v, a in zip(rule.signature, inputs, strict=True)})


def _keep_apart(node: E | Named, mapping: Mapping[str, Any]) -> None:
    """A constant under an expectation, or beside random names in `surely` or `independent`, must not become random."""
    own = random_names(node) if isinstance(node, Named) else random_names(node.args[0])
    for name, value in mapping.items():
        if name not in own and random_names(value):
            raise ValueError(f"{name} is a constant in {node}; the random {value} cannot stand for it")


def _rename_apart(node: Any, bound: tuple[sp.Basic, ...], mapping: Mapping[str, Any]) -> Any:
    incoming = frozenset[str]().union(*(free_names(value) for value in mapping.values()))
    for variable in bound:
        if str(variable) in incoming:
            new = renamed(variable, fresh(str(variable), incoming | _all_names(node)))
            node = rename_bound(node, variable, new)
    return node


def renamed_apart(node: Any, taken: frozenset[str]) -> Any:
    """The binder `node` with its bound variables renamed so that none is among `taken`."""
    for variable in binds(node):
        if str(variable) in taken:
            node = rename_bound(node, variable, renamed(variable, fresh(str(variable), taken | _all_names(node))))
    return node


def _all_names(node: Any) -> frozenset[str]:
    return frozenset(str(s) for s in node.atoms(sp.Symbol)) | {type(f).__name__ for f in node.atoms(AppliedUndef)}


def rename_bound(node: Any, old: sp.Basic, new: sp.Basic) -> Any:
    """Rename one bound variable of the binder `node`, capture excluded by the caller's choice of `new`."""
    swap = {str(old): new}
    if isinstance(node, ExprWithLimits):
        body, _, ends = peel(node)
        return node.func(substitute(body, swap), (new, *ends))
    if isinstance(node, (ForAll, Exists)):
        variables = [new if v == old else v for v in node.variables]
        return node.func(variables, [substitute(g, swap) for g in node.given], substitute(node.then, swap))
    if isinstance(node, sp.Lambda):
        return sp.Lambda(tuple(new if v == old else v for v in node.signature), substitute(node.expr, swap))
    expression, variable, point, limit, side = node.args
    return Tends(substitute(expression, swap), new if variable == old else variable, point, limit, side)


def _substitute_limits(node: Any, mapping: Mapping[str, Any]) -> Any:
    node = _rename_apart(node, binds(node), mapping)
    body, variable, ends = peel(node)
    inner = {name: value for name, value in mapping.items() if name != str(variable)}
    return node.func(substitute(body, inner), (variable, *(substitute(end, mapping) for end in ends)))


def _substitute_derivative(node: sp.Derivative, mapping: Mapping[str, Any]) -> Any:
    for variable, _ in node.variable_count:
        value = mapping.get(str(variable), variable)
        if not isinstance(value, sp.Symbol):
            raise ValueError(f"cannot put {value} for the variable of {node}; evaluate the derivative first")
    pairs = [(mapping.get(str(v), v), n) for v, n in node.variable_count]
    places = {str(place) for place, _ in pairs}
    others = free_names(node.expr) - {str(v) for v in node.variables}
    if len(places) < len(pairs) or places & (others - set(mapping)):
        raise ValueError(f"{sorted(places)[0]} would become the variable of {node} in two places; evaluate the derivative first")
    for name, value in mapping.items():
        if name not in {str(v) for v in node.variables} and places & free_names(value):
            raise ValueError(f"{value} varies with the variable of {node}; evaluate the derivative first")
    return sp.Derivative(substitute(node.expr, mapping), *pairs, evaluate=False)


def replaced(node: Any, old: Any, new: Any) -> Any:
    """`node` with `old` replaced by `new`, except where a binder or a derivative has a variable that either speaks of."""
    if node == old:
        return new
    if not isinstance(node, sp.Basic) or not node.args or not node.has(old):
        return node
    if isinstance(node, Named) and node.name != "surely":
        return node  # being smooth or independent is more than having equal values here
    own = node.variables if isinstance(node, (sp.Derivative, ExprWithLimits)) else binds(node)
    if {str(v) for v in own} & (free_names(old) | free_names(new)):
        return node
    return node.func(*(replaced(a, old, new) for a in node.args))


def canonical(node: Any) -> Any:
    """`node` with bound variables numbered from the inside out and relations written with = != <= <.

    The form of a part does not depend on where the part stands.
    """
    return _canonical(node)[0] if isinstance(node, sp.Basic) else node


@lru_cache(maxsize=_KEPT)
def _canonical(node: sp.Basic) -> tuple[Any, int]:
    """The canonical form and the first number that no binder inside uses."""
    if not node.args or isinstance(node, sp.Derivative):
        return node, 0
    if isinstance(node, Relation) and node.op in (">=", ">"):
        return _canonical(node.flipped())
    pairs = [_canonical(a) for a in _parts(node)]
    height = max((h for _, h in pairs), default=0)
    node = _rebuilt(node, [a for a, _ in pairs])
    taken = free_names(node)
    for variable in binds(node):
        while f"bound_{height}" in taken:
            height += 1
        node = rename_bound(node, variable, renamed(variable, f"bound_{height}"))
        height += 1
    return node, height


def _parts(node: Any) -> list[Any]:
    if isinstance(node, ExprWithLimits):
        body, _, ends = peel(node)
        return [body, *ends]
    if isinstance(node, (ForAll, Exists)):
        return [*node.given, node.then]
    return [node.expr] if isinstance(node, sp.Lambda) else list(node.args)


def _rebuilt(node: Any, parts: list[Any]) -> Any:
    if isinstance(node, ExprWithLimits):
        return node.func(parts[0], (peel(node)[1], *parts[1:]))
    if isinstance(node, (ForAll, Exists)):
        return node.func(node.variables, parts[:-1], parts[-1])
    return sp.Lambda(node.signature, parts[0]) if isinstance(node, sp.Lambda) else node.func(*parts)


@final
class _Speller(ReprPrinter):  # type: ignore[misc]
    """Spells a term with all of its structure; equal terms are spelled alike, which SymPy's own printer does not promise."""

    def _print_Symbol(self, symbol: sp.Symbol) -> str:
        kind = "integer" if symbol.is_integer else "real" if symbol.is_real else ""
        return f"{type(symbol).__name__}({symbol.name!r},{kind})"

    _print_Dummy = _print_Symbol


def spelled(node: sp.Basic) -> str:
    """`node` in full, for digests: the kind of each symbol counts, not the words in which its assumptions were given."""
    return str(_Speller().doprint(node))

"""F_T on data for every form of operator: leaves by their rules, combinations, vectors and black boxes by definition."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import sympy as sp

from theorems import operator as forms
from theorems.arrays.arithmetic import SCALARS, ArrayArithmetic
from theorems.arrays.checks import Place, Temperature, check_axis, check_logits, check_probabilities, inside, temperature_of
from theorems.arrays.generators import generator_rule
from theorems.arrays.gradient import Kind, differentiable
from theorems.arrays.library import Library, library_of
from theorems.arrays.rule import TEMPERATURE, P, Rule, positive
from theorems.arrays.weights import log_softmax, weight_rule
from theorems.compile import compile_expressions
from theorems.errors import OutOfDomain
from theorems.wellformed import vector_symbols


def apply(operator: forms.Operator, probabilities: Any, temperature: Any, axis: int = -1) -> Any:
    """F_T of the distributions along `axis`.

    `probabilities`: NumPy array or torch tensor, float16, bfloat16, float32 or float64, of any shape; entries not
    negative, sums within `checks.sum_tolerance` of 1.  Returns the same type, shape, dtype and device; sums are 1
    within V eps, no order is inverted, and T = 1 returns a copy, bit for bit, if the operator has F_1 = identity.
    `temperature`: a real number (int, float, Fraction, SymPy, 0-d array) in the operator's domain; a 0-d tensor
    gets its gradient too.  Raises `OutOfDomain`, naming the entry, for anything else; never returns NaN.
    """
    return _softened(operator, probabilities, temperature, axis, logits=False)


def apply_to_logits(operator: forms.Operator, logits: Any, temperature: Any, axis: int = -1) -> Any:
    """F_T of softmax(logits) along `axis`; -inf is a forbidden class.  Otherwise as `apply`."""
    return _softened(operator, logits, temperature, axis, logits=True)


def _softened(operator: forms.Operator, array: Any, temperature: Any, axis: int, *, logits: bool) -> Any:
    library = library_of(array)
    axis = check_axis(array, axis)
    degree = temperature_of(operator, temperature)
    place = Place(tuple(array.shape), axis)
    rows = library.rows(array, axis)
    if isinstance(operator.form, forms.Separable | forms.Generator):
        return library.unrows(_leaf(library, operator.form, rows, degree, logits, place), array, axis)
    _check_all(library, rows, logits, place)
    dtype = rows.dtype if isinstance(operator.form, forms.BlackBox | forms.Vector) else library.working(rows)
    result = _evaluate(library, operator, library.cast(rows, dtype), degree, logits)
    return library.unrows(library.cast(result, array.dtype), array, axis)


def _check_all(library: Library, rows: Any, logits: bool, place: Place) -> None:
    with library.quiet():
        for part in library.blocks(rows):
            _check(library, library.cast(rows[part], library.working(rows)), rows.dtype, logits, place, part.start)


def _check(library: Library, block: Any, dtype: Any, logits: bool, place: Place, first: int) -> Any:
    """Row sums of probabilities, or row maxima of logits."""
    if logits:
        return check_logits(library, block, place, first)
    return check_probabilities(library, block, dtype, place, first)


def _leaf(library: Library, form: forms.Form, rows: Any, degree: Temperature, logits: bool, place: Place | None) -> Any:
    """A weight or generator; with no `place` the rows are trusted, for they were checked or computed before."""
    same = degree.exact == 1 and not logits and identity_at_one(form)
    rule = _rule(form, degree.value)

    def forward(rows: Any) -> Any:
        working = library.working(rows)
        out = library.empty(rows, rows.dtype)
        for part in library.blocks(rows, rule.temporaries):
            block = library.cast(rows[part], working)
            measure = _check(library, block, rows.dtype, logits, place, part.start) if place else _measure(library, block, logits)
            target = out[part] if rows.dtype == working else library.empty(block, working)
            if same:
                target[...] = block
            else:
                (rule.from_logits if logits else rule.from_probabilities)(library, block, measure, degree.value, target)
            if rows.dtype != working:
                out[part] = library.cast(target, rows.dtype)
        return out

    return differentiable(library, rule, rows, degree, forward, Kind(logits, same))


def _measure(library: Library, block: Any, logits: bool) -> Any:
    return (library.xp.amax if logits else library.xp.sum)(block, axis=-1, keepdims=True)


def _rule(form: forms.Form, temperature: float) -> Rule:
    match form:
        case forms.Separable(weight):
            return weight_rule(weight)
        case forms.Generator(phi):
            return generator_rule(phi, temperature >= 1.0)
    raise TypeError(f"{type(form).__name__} has no rule of its own")


@lru_cache(maxsize=256)
def identity_at_one(form: forms.Form) -> bool:
    """F_1 = identity, as SymPy sees it: always for generators, w(p, 1) = c p for weights."""
    if isinstance(form, forms.Generator):
        return True
    return isinstance(form, forms.Separable) and not sp.simplify(positive(form.weight).subs(TEMPERATURE, 1) / P).has(P)


def _evaluate(library: Library, operator: forms.Operator, rows: Any, degree: Temperature, logits: bool) -> Any:
    """F_T of checked rows, by the definition of the form."""
    match operator.form:
        case forms.Blend(first, second, coefficient):
            inside(first, degree.exact)
            inside(second, degree.exact)
            one, other = (_evaluate(library, part, rows, degree, logits) for part in (first, second))
            if degree.exact == 1 and not logits and has_identity(first) and has_identity(second):
                return one
            share = _of_temperature(library, coefficient, degree)
            return (1.0 - share) * one + share * other
        case forms.Reparametrised(inner, h):
            return _evaluate(library, inner, rows, _reparametrised(library, inner, h, degree), logits)
        case forms.Composed(outer, inner):
            inside(inner, degree.exact)
            inside(outer, degree.exact)
            return _evaluate(library, outer, _evaluate(library, inner, rows, degree, logits), degree, False)
        case forms.Vector(components):
            return _vector(library, components, _probabilities(library, rows, logits), degree)
        case forms.BlackBox(function):
            return _black_box(library, function, _probabilities(library, rows, logits), degree)
        case leaf:
            return _leaf(library, leaf, rows, degree, logits, None)


def has_identity(operator: forms.Operator) -> bool:
    """Whether T = 1 is known to return the input bit for bit."""
    match operator.form:
        case forms.Blend(first, second, _) | forms.Composed(first, second):
            return has_identity(first) and has_identity(second)
        case forms.Reparametrised(inner, h):
            return bool(h.subs(forms.T, 1) == 1) and has_identity(inner)
        case leaf:
            return identity_at_one(leaf)


def _of_temperature(library: Library, expression: sp.Expr, degree: Temperature) -> Any:
    """An expression in T at the temperature: a float, or a 0-d tensor where T carries a gradient."""
    program = compile_expressions([expression], [forms.T])
    if degree.tensor is not None:
        return program.run(ArrayArithmetic(library.xp), degree.tensor)[0]
    return program.run(SCALARS, degree.value)[0]


def _reparametrised(library: Library, inner: forms.Operator, h: sp.Expr, degree: Temperature) -> Temperature:
    exact = h.subs(forms.T, degree.exact)
    inside(inner, exact)
    return Temperature(exact, float(exact), None if degree.tensor is None else _of_temperature(library, h, degree))


def _probabilities(library: Library, rows: Any, logits: bool) -> Any:
    return library.xp.exp(log_softmax(library, rows, _measure(library, rows, True))) if logits else rows


def _vector(library: Library, components: tuple[sp.Expr, ...], rows: Any, degree: Temperature) -> Any:
    size = len(components)
    if rows.shape[-1] != size:
        raise OutOfDomain(f"this operator is for {size} classes, not {rows.shape[-1]}")
    program = compile_expressions(components, (*vector_symbols(size), forms.T))
    with library.quiet() if library.name == "numpy" else library.xp.enable_grad():
        temperature = degree.value if degree.tensor is None else degree.tensor
        columns = program.run(ArrayArithmetic(library.xp), *(rows[:, k] for k in range(size)), temperature)
        return library.xp.stack([column + 0.0 * rows[:, 0] for column in columns], -1)


def _black_box(library: Library, function: Any, rows: Any, degree: Temperature) -> Any:
    """The callable on one row at a time: it takes V numbers and returns V numbers."""
    temperature = degree.value if degree.tensor is None else degree.tensor
    images = []
    for row in rows:
        image = function(row, temperature)
        if library.name == "torch":
            image = image if isinstance(image, library.xp.Tensor) else library.xp.stack([library.xp.as_tensor(x) for x in image])
            image = image.to(rows.dtype)
        else:
            image = library.xp.asarray(image, dtype=rows.dtype)
        if tuple(image.shape) != tuple(row.shape):
            raise OutOfDomain(f"the black box returned shape {tuple(image.shape)} for {row.shape[0]} classes")
        images.append(image)
    return library.xp.stack(images) if images else library.copy(rows)

"""Symbols of the counts: tau bounds the probes, B^2 the mean squared norm of the representation."""

import sympy as sp

tau, B = sp.symbols("tau B", real=True)


def passing(size: sp.Expr, error: sp.Expr) -> sp.Expr:
    """tau^2 B^2 / (2^(-size) - error)^2: the most sets of `size` variables that pass at root-mean-square error `error`."""
    return tau**2 * B**2 / (sp.Integer(2) ** -size - error) ** 2

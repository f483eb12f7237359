"""Linear probes: how well, and with how large a vector, activations represent clauses.

All probes share one design matrix, so it is factored once: with centred activations Phi (n x p, scaled to
mean squared row norm 1) the spectral decomposition of the smaller of Phi Phi' / n and Phi' Phi / n answers
every right-hand side and every amount of regularisation by one product of matrices.

    ridge(h) = argmin_w  mean (h - b - <w, phi>)^2 + ridge |w|^2
    bounded(h) = argmin_{|w| <= tau}  mean (h - b - <w, phi>)^2

Clauses h are 0/1-valued; errors are mean squares on inputs that no probe was fitted on; norms are |w| in the
scaling above, so that the bound B of the theory is 1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from theorems.errors import OutOfDomain

ROUNDING = 1e-13  # a variation below this share of the activations is rounding
SMALLEST = 1e-300  # where the bisection of log penalty starts if no ridge is asked for


@final
@dataclass(frozen=True)
class Probes:
    """Results for `count` clauses: validation mean squared error, variance of the clause there, |w|."""

    errors: NDArray[np.float64]
    variances: NDArray[np.float64]
    norms: NDArray[np.float64]

    @property
    def unexplained(self) -> NDArray[np.float64]:
        """Error over variance: 0 perfectly linear, 1 no better than a constant; 1 where the clause is constant."""
        varies = self.variances > 0
        return np.where(varies, self.errors / np.where(varies, self.variances, 1.0), 1.0)


@final
class Design:
    """The factored design matrix of one fitting and one validation sample."""

    def __init__(self, fit: Tensor, validation: Tensor, *, rank_tolerance: float = 1e-7) -> None:
        if not (torch.isfinite(fit).all() and torch.isfinite(validation).all()):
            raise OutOfDomain("activations hold infinite or undefined numbers; probe a network that converged")
        fit = fit.double()
        mean = fit.mean(dim=0)
        centred = fit - mean
        scale = centred.square().sum(dim=1).mean().sqrt()
        if not torch.isfinite(scale):
            raise OutOfDomain("activations are too large to be squared; scale them down")
        if not scale > ROUNDING * fit.square().sum(dim=1).mean().sqrt():
            raise OutOfDomain("activations do not vary over the inputs; there is nothing to probe")
        centred = centred / scale
        count, width = centred.shape
        if width > count:
            values, left = torch.linalg.eigh(centred @ centred.T / count)
            kept = values > rank_tolerance * values[-1]
            values, left = values[kept], left[:, kept]
            right = centred.T @ left / (values * count).sqrt()
        else:
            values, right = torch.linalg.eigh(centred.T @ centred / count)
            kept = values > rank_tolerance * values[-1]
            values, right = values[kept], right[:, kept]
            left = centred @ right / (values * count).sqrt()
        self.values = values
        self._left = left.float()
        turn = right.float()
        self._validation = torch.cat([((rows.double() - mean) / scale).float() @ turn for rows in validation.split(1024)])

    def probe(self, fit: Tensor, validation: Tensor, *, ridge: float, tau: float | None = None) -> Probes:
        """Probes for the clauses in the columns of two Boolean matrices (fitting and validation inputs).

        With `tau` the least squares are bounded by |w| <= tau (and at least `ridge`); without, plain ridge.
        """
        if not 0 <= ridge < math.inf:
            raise OutOfDomain(f"ridge = {ridge}: take a finite number of at least 0")
        target = fit.float()
        mean = target.mean(dim=0)
        coordinates = (self._left.T @ (target - mean)).double() / len(target) ** 0.5
        penalty = self._penalty(coordinates, ridge, tau)
        weights = self.values.sqrt()[:, None] * coordinates / (self.values[:, None] + penalty)
        truth = validation.float()
        share = truth.sum(dim=0).double() / len(truth)
        residuals = torch.addmm(mean, self._validation, weights.float()).sub_(truth)
        parts = (residuals.square_().mean(dim=0).double(), share * (1 - share), weights.norm(dim=0))
        return Probes(*(part.cpu().numpy() for part in parts))

    def _penalty(self, coordinates: Tensor, ridge: float, tau: float | None) -> Tensor:
        """The smallest penalty >= ridge under which |w| <= tau, for each column (bisection of log penalty)."""
        low = torch.full((1, coordinates.shape[1]), max(ridge, SMALLEST), dtype=torch.float64, device=coordinates.device)
        if tau is None:
            return torch.full_like(low, ridge)
        power = self.values[:, None] * coordinates.square()

        def norm(penalty: Tensor) -> Tensor:
            return (power / (self.values[:, None] + penalty).square()).sum(dim=0, keepdim=True).sqrt()

        high = torch.maximum(power.sum(dim=0, keepdim=True).sqrt() / tau, low)
        free = norm(low) <= tau
        for _ in range(40):
            middle = (low * high).sqrt()
            inside = norm(middle) <= tau
            low, high = torch.where(inside, low, middle), torch.where(inside, middle, high)
        return torch.where(free, torch.full_like(low, ridge), high)

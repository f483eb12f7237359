"""Distillation as a scikit-learn classifier: `fit` extracts a tree, `predict` asks it."""

from __future__ import annotations

from typing import Any, final

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.validation import check_is_fitted
from torch import nn

from gpu_validation.trees.clauses import as_bits
from gpu_validation.trees.drawing import as_text
from gpu_validation.trees.extraction import extract_tree
from gpu_validation.trees.search import Rule, TopK


@final
class TreeDistiller(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """`TreeDistiller(network, depth=3).fit(inputs)`; with `y` it distils those labels instead of the network's answers.

    After fitting: `extraction_` (probes, agreement), `tree_`, `classes_`, `n_features_in_`.
    """

    def __init__(
        self, network: nn.Module, *, depth: int = 3, leaves: int | None = None, rule: Rule | None = None, fit_inputs: int = 1000, ridge: float = 1e-4,
        device: str | None = None,
    ) -> None:
        self.network, self.depth, self.leaves, self.rule = network, depth, leaves, rule
        self.fit_inputs, self.ridge, self.device = fit_inputs, ridge, device

    def fit(self, X: Any, y: Any = None) -> TreeDistiller:
        self.extraction_ = extract_tree(
            self.network, X, y, depth=self.depth, leaves=self.leaves, rule=self.rule or TopK(200), fit=self.fit_inputs, ridge=self.ridge,
            device=self.device,
        )
        self.tree_ = self.extraction_.tree
        self.classes_ = np.unique(self.tree_.classes)
        self.n_features_in_ = as_bits(X).shape[1]
        return self

    def predict(self, X: Any) -> NDArray[Any]:
        check_is_fitted(self, "tree_")
        return self.tree_.predict(X)

    def export_text(self) -> str:
        check_is_fitted(self, "tree_")
        return as_text(self.tree_)

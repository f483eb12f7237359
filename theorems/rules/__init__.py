"""The inference rules: each file holds a few, each a function `(step, checker) -> trusted engines`.

A rule raises `Rejected` unless the step's conclusion follows from the facts it names.
"""

from __future__ import annotations

import importlib
import pkgutil

from theorems.errors import DuplicateLabel
from theorems.proof import Rule

RULES: dict[str, Rule] = {}

for _module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
    for _name, _rule in importlib.import_module(f"{__name__}.{_module}").RULES.items():
        if _name in RULES:
            raise DuplicateLabel(f"two files define the rule {_name}")
        RULES[_name] = _rule

"""Planted reports and shipped records, read once."""

import pytest

from paper.gallery import read_records, shipped_records
from theorems.catalogue import ORDER, operators


@pytest.fixture(scope="session")
def records():
    return read_records([shipped_records()])


@pytest.fixture(scope="session")
def planted_reports():
    """What the pins say, without running the deciders."""
    def finding(operator, label):
        return {"verdict": operator.expected.get(label, "proved"), "scope": "all V", "method": "symbolic", "trusts": [], "witness": None,
                "reason": "", "seconds": 0.01}

    return {
        name: {"operator": {"name": name, "form": o.form_name, "expression": o.expression(), "domain": list(o.domain.pair())}, "legal": "proved",
               "verdicts": {label: finding(o, label) for label in ORDER}, "seconds": 0.1, "environment": {}}
        for name, o in operators().items()
    }

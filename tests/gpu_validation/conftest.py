"""Fixtures of the tests that train."""

import pytest
import torch

from gpu_validation.scheduler import one_order


@pytest.fixture
def one_thread():
    """Sums in one order, and no more processor than the tests beside need."""
    with one_order(torch.device("cpu")):
        yield

"""Devices: absent or unknown ones are refused in one line."""

import pytest
import torch

from gpu_validation.device import describe_device, free_memory, resolve_device, versions
from theorems.errors import OutOfDomain


def test_cpu_and_auto():
    assert resolve_device("cpu").type == "cpu"
    assert resolve_device("auto").type == ("cuda" if torch.cuda.is_available() else "cpu")
    assert describe_device(torch.device("cpu")).startswith("cpu ")
    assert free_memory(torch.device("cpu")) > 0 and "torch" in versions()


@pytest.mark.parametrize("name", ["tpu9", "meta", "", "cuda:x"])
def test_unknown_device(name):
    with pytest.raises(OutOfDomain, match="use auto, cpu"):
        resolve_device(name)


@pytest.mark.skipif(torch.cuda.is_available(), reason="this machine has CUDA")
@pytest.mark.parametrize("name", ["cuda", "cuda:3"])
def test_cuda_absent(name):
    with pytest.raises(OutOfDomain, match=r"0 CUDA devices; use --device cpu"):
        resolve_device(name)

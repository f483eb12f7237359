"""Devices: absent or unknown ones are refused in one line."""

import pytest
import torch

from gpu_validation.device import describe_device, free_memory, resolve_device, versions
from gpu_validation.scheduler import one_order
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


@pytest.mark.parametrize("name", ["cpu", "cuda"])
def test_sums_have_one_order_within_a_shard_and_the_settings_come_back(name):
    def settings():
        flags = torch.are_deterministic_algorithms_enabled(), torch.is_deterministic_algorithms_warn_only_enabled()
        backends = torch.backends.cuda
        return *flags, torch.get_num_threads(), torch.utils.deterministic.fill_uninitialized_memory, backends.flash_sdp_enabled()

    before = settings()
    with pytest.raises(KeyError), one_order(torch.device(name)):
        assert torch.get_num_threads() == 1 if name == "cpu" else settings()[:2] == (True, True) and not settings()[4]
        raise KeyError
    assert settings() == before

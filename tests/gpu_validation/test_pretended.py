"""Every experiment on a pretended GPU: no tensor is left behind on the processor, none is read as an array while it is away."""

from dataclasses import replace

import pytest
import torch

from gpu_validation import ensemble
from gpu_validation.catalogue import experiment
from gpu_validation.ensemble import Training
from gpu_validation.experiment import Context
from gpu_validation.names import experiment_names
from gpu_validation.record import compact
from gpu_validation.transformer import Shape
from tests.gpu_validation.pretended import CUDA, PretendedGPU

FEW = {"teacher": Training(steps=3), "student": Training(steps=4, temperature=2.0), "test": 20, "probes": 2, "replicas": 2}
SMALL = {
    "access": {**FEW, "draws": 16},
    "bias_variance": {**FEW, "draws": 8},
    "dynamic_programmes": {
        "train_graphs": 60, "steps": 3, "width": 8, "distil_graphs": 200, "big_nodes": 50, "side": 4, "route_sizes": (3, 4), "exact_sizes": (2, 3),
        "test_graphs": 20, "route_inputs": 600, "wider_nodes": 8,
    },
    "joint_classifier": {"replicas": 2, "teacher_steps": 3, "student_steps": 3, "head_steps": 2},
    "language": {
        "shape": Shape(width=16, heads=2, layers=1, context=16), "characters": 20_000, "held_out": 4000, "teacher_steps": 3, "student_steps": 4,
        "batch": 4, "replicas": 1, "test_windows": 3, "probes": 4, "draws": 8,
    },
    "linear_gaussian": {"samples": (30,), "ratios": (0.0, 1.0), "replicas": 64, "ridge_replicas": 4},
    "linear_transfer": {
        "counts": (1, 2, 4), "digit_counts": (1, 2), "replicas": 16, "digit_replicas": 8, "fresh": 4, "hard_replicas": 4, "hard_steps": 4,
        "flow_counts": (2,), "flow_replicas": 2, "horizon": 2.0, "deep_replicas": 2, "depths": (2, 3),
    },
    "operators": {**FEW, "operators": ("power", "mixing"), "probes": 1},
    "stages": {**FEW, "stages": (1, 2)},
    "tree_extraction": {
        "depths": (2,), "replicas": 1, "width": 16, "layers": 3, "samples": (2000,), "epochs": 1, "robust_depth": 2, "ks": (10, 50), "bits": 12,
        "fit": 200, "validation": 600, "fresh": 300, "examples": (50, 100), "learner_k": 20,
    },
}

pytestmark = pytest.mark.usefixtures("one_thread")


@pytest.mark.parametrize("name", experiment_names())
def test_every_shard_runs_away_from_the_processor(name, monkeypatch):
    monkeypatch.setattr(ensemble, "free_memory", lambda device: 1 << 30)
    found = experiment(name)
    config = replace(found.profiles["quick"], **SMALL[name])
    for shard in found.shards(config):
        with PretendedGPU():
            assert compact(found.run(config, shard, Context(CUDA)).measurements)


def test_the_pretended_gpu_refuses_what_a_real_one_refuses():
    here = torch.ones(3)
    with PretendedGPU():
        there = torch.arange(3, device="cuda")
        assert there.device == CUDA and (7 * there).device == CUDA and there.cpu().device.type == "cpu" and here.to("cuda").device == CUDA
        assert (there + torch.tensor(1)).device == CUDA and torch.zeros_like(there).device == CUDA and here.device.type == "cpu"
        with pytest.raises(RuntimeError, match="mixes"):
            there + here
        with pytest.raises(RuntimeError, match="mixes"):
            here[there]
        with pytest.raises(TypeError, match="array"):
            there.numpy()
        layer = torch.nn.Linear(3, 1).to("cuda")
        assert layer(torch.ones(2, 3, device="cuda")).device == CUDA
        with pytest.raises(RuntimeError, match="mixes"):
            layer(here)

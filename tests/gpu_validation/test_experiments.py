"""Small runs of every experiment of this room's core, the data they use, and the committed records."""

import sys
import types
from dataclasses import replace
from pathlib import Path

import numpy
import pytest
import torch

from gpu_validation import catalogue, record, train
from gpu_validation.data import text
from gpu_validation.data.dataset import digits, load, synthetic
from gpu_validation.data.images import available_sets
from gpu_validation.ensemble import Training
from gpu_validation.experiment import Context
from gpu_validation.names import experiment_names
from gpu_validation.transformer import Shape, initial, logits
from theorems.errors import OutOfDomain
from theorems.evidence import Record, digest

torch.set_num_threads(1)
CPU = torch.device("cpu")
FEW = Training(steps=8, batch=8)
SMALL = {
    "linear_gaussian": {"replicas": 64, "ridge_replicas": 2, "samples": (30,)},
    "bias_variance": {"replicas": 4, "teacher": FEW, "student": FEW, "temperatures": (1.0, 2.0), "sparsities": (0.5,), "test": 20, "draws": 16, "probes": 3},
    "stages": {"replicas": 2, "teacher": FEW, "student": FEW, "stages": (1, 2, 4), "test": 20, "probes": 3},
    "operators": {"replicas": 2, "teacher": FEW, "student": FEW, "test": 20, "probes": 2},
    "access": {"replicas": 2, "teacher": FEW, "student": FEW, "test": 20, "probes": 2, "draws": 16},
    "language": {"characters": 6000, "held_out": 1000, "teacher_steps": 4, "student_steps": 4, "batch": 2, "replicas": 1, "shape": Shape(16, 2, 1, 16),
                 "test_windows": 2, "probes": 3, "draws": 8},
}
RECORDS = Path(record.__file__).parent / "records"


@pytest.mark.parametrize("name", sorted(SMALL))
def test_a_small_run_measures_and_repeats_itself(name):
    found = catalogue.experiment(name)
    config = replace(found.profiles["quick"], **SMALL[name])
    if hasattr(config, "datasets"):
        config = replace(config, datasets=("synthetic",))
    small = replace(found, profiles={"quick": config})
    shard = small.shards(config)[0]
    twice = []
    for _ in range(2):
        outcome = small.run(config, shard, Context(CPU))
        made = record.make_record(small, "quick", shard, outcome, versions={}, device="cpu", timing={})
        twice.append(record.result_digest(made))
        assert outcome.students > 0 and made.measurements["results"]
    assert twice[0] == twice[1]


@pytest.mark.parametrize("name", experiment_names())
def test_committed_records_are_of_the_present_quick_profile(name):
    found = catalogue.experiment(name)
    for shard in found.shards(found.profiles["quick"]):
        kept = Record.read(record.record_path(RECORDS, name, "quick", shard))
        assert kept.config == record.expected_config(found, "quick", shard) and kept.labels == found.labels


def test_committed_records_stay_small():
    assert sum(path.stat().st_size for path in RECORDS.rglob("*.json")) < 3 << 20


def test_datasets_are_laws_and_do_not_overlap():
    for data in (digits(CPU), synthetic(CPU)):
        assert torch.allclose(data.train_truth.sum(1), torch.ones(len(data.train_truth))) and len(data.train_inputs) == len(data.train_truth)
        assert data.sha256() == load(data.name, CPU).sha256()
        assert 0 <= float(data.train_truth.min()) and data.test_inputs.shape[1] == data.train_inputs.shape[1]
    with pytest.raises(OutOfDomain, match="unknown dataset"):
        load("imagenet", CPU)


def test_labels_are_shared_when_certain_and_drawn_when_not():
    seeds = torch.arange(3)
    targets, group = digits(CPU).labels(seeds)
    assert len(targets) == 1 and group.tolist() == [0, 0, 0]
    targets, group = synthetic(CPU).labels(seeds)
    assert len(targets) == 3 and group.tolist() == [0, 1, 2] and not torch.equal(targets[0], targets[1])
    assert torch.allclose(targets.mean((0, 1)), synthetic(CPU).train_truth.mean(0), atol=0.03)


def test_text_is_the_standard_library():
    found = text.standard_library(characters=3000)
    assert len(found.codes) == 3000 and found.classes == 97 and int(found.codes.max()) < 97 and len(found.sha256) == 64
    assert found.sha256 == text.standard_library(characters=3000).sha256
    with pytest.raises(OutOfDomain, match="none of the listed"):
        text.standard_library(characters=10, files=("no_such_module.py",))


def test_transformer_is_causal_and_stacked():
    shape, codes = Shape(16, 2, 2, 12), torch.arange(24).view(2, 12) % 7
    stack = initial(shape, 7, torch.tensor([1, 2]))
    z = logits(stack, shape, codes)
    alone = logits({name: value[1:] for name, value in stack.items()}, shape, codes)
    assert z.shape == (2, 2, 12, 7) and torch.allclose(z[1:], alone, atol=1e-5)
    changed = codes.clone()
    changed[:, 6:] = 0
    assert torch.allclose(logits(stack, shape, changed)[:, :, :6], z[:, :, :6], atol=1e-5)


@pytest.fixture
def torchvision(monkeypatch):
    """A stand-in with torchvision's interface: MNIST can be read, CIFAR-10 cannot."""
    class MNIST:
        def __init__(self, root, *, train, download):
            assert not download
            self.data = torch.arange(300 * 784, dtype=torch.int64).remainder(256).to(torch.uint8).view(300, 28, 28)
            self.targets = torch.arange(300) % 10

    class CIFAR10:
        def __init__(self, root, *, train, download):
            raise RuntimeError("Dataset not found or corrupted.")

    module = types.ModuleType("torchvision")
    module.datasets = types.SimpleNamespace(MNIST=MNIST, CIFAR10=CIFAR10)
    monkeypatch.setitem(sys.modules, "torchvision", module)


def test_image_sets_take_the_place_of_the_others(torchvision, tmp_path):
    assert available_sets(tmp_path) == ("mnist",)
    data = load("mnist", CPU, str(tmp_path))
    assert data.train_inputs.shape == (300, 784) and float(data.train_inputs.max()) == 1.0 and data.classes == 10
    with pytest.raises(OutOfDomain, match="no readable cifar10"):
        load("cifar10", CPU, str(tmp_path))
    sweep = train.plan((), profile="quick", device="cpu", out=tmp_path / "out", data=tmp_path)
    assert {job.name for job in sweep.jobs} >= {"bias_variance", "stages", "operators", "access"}
    assert "language" not in {job.name for job in sweep.jobs} and all("mnist" in job.shard.name for job in sweep.jobs)
    (job,) = [job for job in sweep.jobs if job.name == "stages"]
    config = replace(job.experiment().profiles["quick"], **SMALL["stages"])
    outcome = job.experiment().run(config, job.shard, Context(CPU, job.data))
    assert outcome.measurements["dataset"]["name"] == "mnist" and numpy.isfinite(float(outcome.measurements["teacher_accuracy"].mean()))


def test_config_digests_differ_between_profiles():
    for name in SMALL:
        profiles = catalogue.experiment(name).profiles
        assert digest(str(profiles["quick"])) != digest(str(profiles["full"]))


@pytest.mark.parametrize("fault", [AssertionError(), ValueError("no number"), EOFError(), OSError("gone"), IndexError("short")])
def test_files_that_are_no_images_are_refused_whatever_the_parser_raises(torchvision, monkeypatch, tmp_path, fault):
    def read(root, *, train, download):
        raise fault

    monkeypatch.setattr(sys.modules["torchvision"].datasets, "MNIST", read)
    with pytest.raises(OutOfDomain, match="no readable mnist .*; no readable cifar10"):
        available_sets(tmp_path)


def test_a_torchvision_for_another_torch_is_named(monkeypatch, tmp_path):
    class Broken(types.ModuleType):
        def __getattr__(self, name):
            raise RuntimeError("operator torchvision::nms does not exist")

    monkeypatch.setitem(sys.modules, "torchvision", Broken("torchvision"))
    with pytest.raises(OutOfDomain, match="fits the installed torch"):
        available_sets(tmp_path)


def test_an_experiment_named_without_a_choice_of_data_is_refused(torchvision, tmp_path):
    with pytest.raises(OutOfDomain, match="linear_gaussian has no choice of data"):
        train.plan(("access", "linear_gaussian"), profile="quick", device="cpu", out=tmp_path / "out", data=tmp_path)

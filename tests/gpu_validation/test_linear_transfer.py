"""Projections, flows, laws and heads against independent computations; small runs repeat themselves; records are current."""

import math
from dataclasses import replace
from itertools import pairwise

import numpy
import pytest
import torch
from scipy.integrate import solve_ivp

from gpu_validation import catalogue, counter, record
from gpu_validation.experiment import Context
from gpu_validation.joint.networks import Body, dense, lipschitz, logits
from gpu_validation.linear import flow
from gpu_validation.linear.inputs import law, sphere_tail
from gpu_validation.linear.students import errors, hard_label, projections

torch.set_num_threads(1)
CPU = torch.device("cpu")
SMALL = {
    "linear_transfer": {"laws": ("linear-tail", "witness"), "counts": (1, 3), "dimension": 3, "replicas": 40, "fresh": 8, "hard_replicas": 8, "hard_steps": 5,
                        "angles": 5, "flow_counts": (2,), "flow_dimension": 3, "flow_replicas": 3, "horizon": 5.0, "depths": (2, 3), "deep_replicas": 2},
    "joint_classifier": {"bodies": ("perceptron", "convolution"), "replicas": 2, "teacher_steps": 3, "student_steps": 3, "head_steps": 2, "test": 20,
                         "teacher_width": (4, 2), "student_width": (3, 2), "features": 3},
}


@pytest.mark.parametrize("name", sorted(SMALL))
def test_a_small_run_of_each_shard_measures_and_repeats_itself(name):
    found = catalogue.experiment(name)
    config = replace(found.profiles["quick"], **SMALL[name])
    small = replace(found, profiles={"quick": config})
    for shard in small.shards(config):
        digests = set()
        for _ in range(2):
            made = record.make_record(small, "quick", shard, small.run(config, shard, Context(CPU)), versions={}, device="cpu", timing={})
            digests.add(record.result_digest(made))
        assert len(digests) == 1 and made.measurements["students"] > 0


def test_projections_are_those_of_the_pseudoinverse_for_every_prefix():
    data = counter.normal(torch.arange(5), 1, 7 * 4).view(5, 7, 4)
    data[:, 3] = data[:, 1] - 2 * data[:, 0]
    teacher = torch.tensor([1.0, -2, 0.5, 3], dtype=torch.float64)
    found = projections(data, teacher)
    for n in range(1, 8):
        span = torch.linalg.pinv(data[:, :n], rtol=1e-12) @ data[:, :n]
        assert torch.allclose(found[:, n - 1], span @ teacher, atol=1e-10)
    assert torch.allclose(found[:, -1], teacher.expand(5, 4))


def test_flow_agrees_with_scipy():
    data, teacher = counter.normal(torch.arange(1), 2, 12).view(1, 4, 3), torch.tensor([[1.0, -1, 0.5]], dtype=torch.float64)
    (mine,) = flow.integrate(lambda state: (-flow.residual_pull(data, teacher, state[0]),), (torch.zeros_like(teacher),), [7.0])[0]

    def field(_, w):
        return -flow.residual_pull(data, teacher, torch.tensor(w)[None])[0].numpy()

    theirs = solve_ivp(field, (0, 7.0), numpy.zeros(3), rtol=1e-11, atol=1e-12).y[:, -1]
    assert numpy.allclose(mine[0].numpy(), theirs, atol=1e-8)


@pytest.mark.parametrize("depth", [2, 3, 5])
def test_layers_follow_their_own_gradients_and_start_balanced(depth):
    data, teacher = counter.normal(torch.arange(2), 3, 4 * 3).view(2, 4, 3), torch.ones(2, 3, dtype=torch.float64)
    start = counter.normal(torch.arange(2), 4, 3)
    layers = flow.balanced(start, depth, 4, counter.normal(torch.arange(2), 5, (depth - 1) * 4).view(2, depth - 1, 4))
    assert torch.allclose(flow.product(layers), start)
    for below, above in pairwise(layers):
        assert torch.allclose(above.transpose(1, 2) @ above, below @ below.transpose(1, 2), atol=1e-12)
    free = [layer.clone().requires_grad_(True) for layer in layers]
    answers, targets = ((data @ w[..., None])[..., 0] for w in (flow.product(tuple(free)), teacher))
    loss = torch.nn.functional.binary_cross_entropy_with_logits(answers, torch.sigmoid(targets), reduction="none").mean(1).sum()
    for slope, gradient in zip(flow.deep_field(data, teacher)(layers), torch.autograd.grad(loss, free), strict=True):
        assert torch.allclose(slope, -gradient, atol=1e-12)


@pytest.mark.parametrize("name", ["gaussian", "root-tail", "linear-tail", "square-tail", "margin", "digits", "witness"])
def test_the_chances_of_angles_are_those_of_the_inputs(name):
    found = law(name, 6, CPU)
    drawn = found.draw(torch.arange(400), 50, 0).reshape(-1, len(found.teacher))
    cosine = (drawn @ found.teacher).abs() / (drawn.norm(dim=1) * found.teacher.norm())
    angles = cosine.clamp(max=1).acos()
    for angle in torch.linspace(0.05, 1.55, 7, dtype=torch.float64):
        share, chance = float((angles >= angle).double().mean()), float(found.tail(angle[None])[0])
        assert abs(share - chance) < 5 * math.sqrt(max(chance * (1 - chance), 1e-4) / len(angles))


def test_the_sphere_has_the_known_tail_in_three_dimensions():
    angle = torch.linspace(0, math.pi / 2, 9, dtype=torch.float64)
    assert torch.allclose(sphere_tail(angle, 3), angle.cos(), atol=1e-10)


def test_gaussian_risk_is_the_angle_over_pi():
    found = law("gaussian", 4, CPU)
    students = projections(found.draw(torch.arange(2000), 2, 0), found.teacher)[:, -1]
    risk = errors(students, found.teacher, found.draw(torch.arange(2000), 100, 1))
    angle = (students.norm(dim=1) / found.teacher.norm()).clamp(max=1).acos() / math.pi
    assert abs(float((risk - angle).mean())) < 5 * float((risk - angle).std()) / 2000**0.5


def test_hard_labels_are_learned():
    found = law("gaussian", 3, CPU)
    data = found.draw(torch.arange(8), 40, 0)
    student = hard_label(data, found.teacher, steps=2000)
    assert float(errors(student, found.teacher, data).mean()) < 0.02


def test_no_pair_of_features_breaks_the_lipschitz_constant():
    seeds = torch.arange(3)
    head = [part.double() * 4 for part in dense(seeds, 1, 5, 7)]
    constant = lipschitz(head)
    ratios = []
    for scale in (1e-4, 0.1, 3.0):
        first = counter.normal(seeds, 2, 400 * 5).view(3, 400, 5)
        second = first + scale * counter.normal(seeds, 3, 400 * 5).view(3, 400, 5)
        moved = (logits(head, first).softmax(-1) - logits(head, second).softmax(-1)).abs().sum(-1) / 2
        ratios.append((moved / (first - second).norm(dim=-1)).amax(1))
    assert (torch.stack(ratios).amax(0) <= constant).all()
    pair = torch.cdist(head[0].transpose(1, 2), head[0].transpose(1, 2))
    assert torch.allclose(pair.amax((1, 2)) / 4, constant)


def test_convolution_is_the_usual_one():
    body, seeds = Body("convolution", 3, 4), torch.arange(2)
    parameters = body.initial(seeds)
    x = torch.rand(5, 64)
    found = body.features_of(parameters, body.prepared(x))
    for student in range(2):
        kernel = parameters[0][student].T.reshape(3, 1, 3, 3)
        hidden = torch.nn.functional.avg_pool2d(torch.nn.functional.conv2d(x.view(-1, 1, 8, 8), kernel, padding=1).relu(), 2)
        expected = hidden.permute(0, 2, 3, 1).reshape(5, -1) @ parameters[2][student] + parameters[3][student]
        assert torch.allclose(found[student], expected, atol=1e-5)

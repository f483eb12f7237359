"""Students of a stack equal students trained one by one, whatever the chunk; running out of memory is survived."""

import pytest
import torch

from gpu_validation import counter, ensemble
from gpu_validation.pruning import magnitude_masks
from theorems.errors import OutOfDomain

torch.set_num_threads(1)
WIDTHS = (6, 8, 4)
SEEDS = torch.arange(9, dtype=torch.int64) + 100
X = counter.normal(torch.tensor([1]), 0, 6 * 80).view(80, 6)
TARGET = torch.softmax(counter.normal(torch.tensor([2]), 0, 4 * 80).view(80, 4), -1)


def one_by_one(students, k, training, pool=None):
    """Plain torch: one module, autograd and a textbook optimiser; the same rows."""
    module = ensemble.as_module(students, k).to(students.weights[0].dtype)
    linear = [m for m in module if isinstance(m, torch.nn.Linear)]
    if training.optimiser == "adam":
        optimiser = torch.optim.AdamW(module.parameters(), lr=training.rate, weight_decay=training.weight_decay)
    else:
        momentum = 0.9 if training.optimiser == "momentum" else 0.0
        optimiser = torch.optim.SGD(module.parameters(), lr=training.rate, momentum=momentum, weight_decay=training.weight_decay)
    bound = len(X) if pool is None else pool.shape[1]
    rows = counter.integers(students.seeds[k : k + 1], ensemble.STREAM_BATCH, training.steps * training.batch, bound)[0]
    rows = rows if pool is None else pool[k, rows]
    for index in rows.view(training.steps, training.batch):
        log_student = torch.log_softmax(module(X[index].to(students.weights[0].dtype)) / training.temperature, -1)
        loss = training.temperature**2 * -(TARGET[index] * log_student).sum(-1).mean()
        optimiser.zero_grad()
        loss.backward()
        if students.masks is not None:
            for layer, mask in zip(linear, students.masks, strict=True):
                layer.weight.grad *= mask[k].t()
        optimiser.step()
        if students.masks is not None:
            with torch.no_grad():
                for layer, mask in zip(linear, students.masks, strict=True):
                    layer.weight *= mask[k].t()
    return [layer.weight.data.t() for layer in linear], [layer.bias.data for layer in linear]


@pytest.mark.parametrize("optimiser", ["sgd", "momentum", "adam"])
@pytest.mark.parametrize("masked", [False, True])
def test_stack_equals_one_by_one(optimiser, masked):
    training = ensemble.Training(steps=70, batch=8, optimiser=optimiser, rate=0.02, weight_decay=0.01, temperature=2.0)
    students = ensemble.initial(WIDTHS, SEEDS, dtype=torch.float64)
    if masked:
        students = students.masked(magnitude_masks(students.weights, 0.5))
    pool = counter.subsets(SEEDS, 7, 30, len(X))
    after = ensemble.train(students, X, TARGET, training, pool=pool)
    for k in (0, 4, 8):
        weights, biases = one_by_one(students, k, training, pool)
        for layer in range(2):
            assert torch.allclose(after.weights[layer][k], weights[layer], rtol=1e-10, atol=1e-11)
            assert torch.allclose(after.biases[layer][k, 0], biases[layer], rtol=1e-10, atol=1e-11)


def test_float32_stack_equals_one_by_one_to_the_stated_tolerance():
    training = ensemble.Training(steps=50, batch=8, optimiser="momentum", rate=0.02)
    students = ensemble.initial(WIDTHS, SEEDS)
    after = ensemble.train(students, X.float(), TARGET.float(), training)
    weights, _ = one_by_one(students, 3, training)
    assert torch.allclose(after.weights[0][3], weights[0].float(), rtol=1e-4, atol=1e-5)


def test_chunks_and_neighbours_do_not_matter():
    training = ensemble.Training(steps=30, batch=8)
    students = ensemble.initial(WIDTHS, SEEDS, dtype=torch.float64)
    whole = ensemble.train(students, X, TARGET, training)
    cut = ensemble.train(students, X, TARGET, training, chunk=2)
    alone = ensemble.train(students.part(slice(5, 6)), X, TARGET, training)
    assert torch.allclose(whole.weights[0], cut.weights[0], rtol=1e-10, atol=1e-12)
    assert torch.allclose(whole.weights[1][5], alone.weights[1][0], rtol=1e-10, atol=1e-12)


def test_two_halves_equal_the_whole_for_sgd():
    students = ensemble.initial(WIDTHS, SEEDS, dtype=torch.float64)
    half = ensemble.Training(steps=64, batch=8, optimiser="sgd", rate=0.1)
    whole = ensemble.train(students, X, TARGET, ensemble.Training(steps=128, batch=8, optimiser="sgd", rate=0.1))
    parts = ensemble.train(ensemble.train(students, X, TARGET, half), X, TARGET, half, first_step=64)
    assert torch.allclose(whole.weights[0], parts.weights[0], rtol=1e-12, atol=1e-12)


def test_training_learns_and_leaves_its_input_alone():
    students = ensemble.initial(WIDTHS, SEEDS)
    before = students.weights[0].clone()
    hard = torch.eye(4)[(X @ torch.arange(24).double().view(6, 4).sin()).argmax(-1)]
    after = ensemble.train(students, X.float(), hard, ensemble.Training(steps=300, batch=16, rate=0.02))
    accuracy = (after.logits(X.float()).argmax(-1) == hard.argmax(-1)).float().mean()
    assert accuracy > 0.9 and torch.equal(before, students.weights[0])


def test_groups_choose_targets():
    students = ensemble.initial(WIDTHS, SEEDS[:2].repeat(2), dtype=torch.float64)
    targets = torch.stack([TARGET, TARGET.flip(-1)])
    training = ensemble.Training(steps=20, batch=8)
    both = ensemble.train(students, X, targets, training, group=torch.tensor([0, 0, 1, 1]))
    second = ensemble.train(students.part(slice(2, 4)), X, TARGET.flip(-1), training)
    assert torch.allclose(both.weights[0][2:], second.weights[0], rtol=1e-10)
    assert not torch.allclose(both.weights[0][0], both.weights[0][2])


@pytest.mark.parametrize(
    "fault", [torch.OutOfMemoryError("CUDA out of memory"), RuntimeError("DefaultCPUAllocator: can't allocate memory"), MemoryError()]
)
def test_out_of_memory_halves_the_chunk_and_says_so(monkeypatch, fault):
    real, said = ensemble._train_chunk, []

    def small_machine(students, *rest):
        if len(students) > 3:
            raise fault
        return real(students, *rest)

    monkeypatch.setattr(ensemble, "_train_chunk", small_machine)
    students = ensemble.initial(WIDTHS, SEEDS, dtype=torch.float64)
    after = ensemble.train(students, X, TARGET, ensemble.Training(steps=5, batch=4), notify=said.append)
    assert said == ["out of memory: the chunk is halved to 5 students", "out of memory: the chunk is halved to 3 students"]
    monkeypatch.setattr(ensemble, "_train_chunk", real)
    assert torch.allclose(after.weights[0], ensemble.train(students, X, TARGET, ensemble.Training(steps=5, batch=4)).weights[0])


def test_other_errors_pass_and_one_student_too_many_is_an_error(monkeypatch):
    def broken(*_):
        raise RuntimeError("some other fault")

    monkeypatch.setattr(ensemble, "_train_chunk", broken)
    with pytest.raises(RuntimeError, match="other fault"):
        ensemble.train(ensemble.initial(WIDTHS, SEEDS), X.float(), TARGET.float(), ensemble.Training(steps=1))

    def tiny(*_):
        raise torch.OutOfMemoryError("out of memory")

    monkeypatch.setattr(ensemble, "_train_chunk", tiny)
    with pytest.raises(torch.OutOfMemoryError):
        ensemble.train(ensemble.initial(WIDTHS, SEEDS), X.float(), TARGET.float(), ensemble.Training(steps=1))


def test_bad_requests_name_the_fault():
    with pytest.raises(OutOfDomain, match="lion"):
        ensemble.Training(steps=1, optimiser="lion")
    with pytest.raises(OutOfDomain, match="temperature"):
        ensemble.Training(steps=1, temperature=0.0)
    with pytest.raises(OutOfDomain, match="80 inputs and 4 outputs"):
        ensemble.train(ensemble.initial(WIDTHS, SEEDS), X.float(), TARGET[:, :3].float(), ensemble.Training(steps=1))

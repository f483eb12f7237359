"""A decision tree as text, as Graphviz dot and on matplotlib axes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gpu_validation.trees.tree import DecisionTree, Leaf, Node, clauses_of, leaves_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def _question(tree: DecisionTree, bit: int) -> str:
    return str(tree.names[bit]) if tree.names else f"x{bit}"


def _answer(tree: DecisionTree, leaf: Leaf) -> str:
    return str(tree.classes[leaf.label > 0])


def as_text(tree: DecisionTree) -> str:
    """One line a node, children indented; leaves tell how many inputs reached them, and how many were misfits."""
    lines: list[str] = []

    def write(node: Node, indent: str, before: str) -> None:
        if isinstance(node, Leaf):
            reached = f"  ({node.inputs} inputs, {node.wrong:g} otherwise)" if node.inputs else ""
            lines.append(f"{indent}{before}{_answer(tree, node)}{reached}")
            return
        lines.append(f"{indent}{before}{_question(tree, node.bit)}?")
        inner = indent + ("   " if before else "")
        write(node.zero, inner, "0: ")
        write(node.one, inner, "1: ")

    write(tree.root, "", "")
    return "\n".join(lines)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def as_dot(tree: DecisionTree) -> str:
    """The Graphviz source; solid edges for 1, dashed ones for 0."""
    lines = ["digraph tree {", "  node [shape=box];"]

    def write(node: Node, name: int) -> int:
        if isinstance(node, Leaf):
            lines.append(f"  n{name} [label={_quoted(_answer(tree, node))}, shape=ellipse];")
            return name + 1
        lines.append(f"  n{name} [label={_quoted(_question(tree, node.bit))}];")
        following = name + 1
        for child, label, style in ((node.zero, "0", "dashed"), (node.one, "1", "solid")):
            lines.append(f'  n{name} -> n{following} [label="{label}", style={style}];')
            following = write(child, following)
        return following

    write(tree.root, 0)
    return "\n".join([*lines, "}"])


CHARACTER = 0.62  # the width of a character over the size of its type, about
PADDING = 1.0  # what a box adds to the width or height of its text, in sizes of type


def _size(room: float, label_length: int) -> float:
    """The size of type, at most 10 points, at which a boxed label of so many characters fits into `room` points."""
    return min(10.0, room / (CHARACTER * label_length + PADDING))


def draw(tree: DecisionTree, axes: Axes) -> None:
    """The tree on matplotlib axes: leaves evenly spaced, questions above the middle of theirs; dashed edges for 0, solid ones for 1.

    Type is made small enough for neighbours not to touch, and answers stand upright where that leaves them larger.
    """
    axes.set_xlim(0, max(1, tree.get_n_leaves()))
    axes.set_ylim(-tree.get_depth() - 0.5, 0.5)
    axes.set_axis_off()
    box = axes.get_window_extent()
    slot = box.width / tree.get_n_leaves() * 72 / axes.figure.dpi
    level = box.height / (tree.get_depth() + 1) * 72 / axes.figure.dpi
    nodes = [node for _, node in clauses_of(tree.root)]
    answer = max(len(_answer(tree, node)) for node in nodes if isinstance(node, Leaf))
    question = max((len(_question(tree, node.bit)) for node in nodes if not isinstance(node, Leaf)), default=1)
    flat, upright = _size(slot, answer), min(_size(slot, 1), _size(level, answer))
    sizes = {"answer": max(flat, upright), "question": min(_size(2 * slot, question), _size(level, 1))}
    turned = 90 if upright > flat else 0

    def place(node: Node, left: float, height: int) -> float:
        if isinstance(node, Leaf):
            axes.text(
                left + 0.5, height, _answer(tree, node), ha="center", va="center", fontsize=sizes["answer"], rotation=turned,
                bbox={"boxstyle": "round", "fc": "0.9"},
            )
            return left + 0.5
        width = leaves_of(node.zero)
        zero, one = place(node.zero, left, height - 1), place(node.one, left + width, height - 1)
        middle = (zero + one) / 2
        for child, label, style in ((zero, "0", "--"), (one, "1", "-")):
            axes.plot([middle, child], [height, height - 1], color="0.4", linestyle=style, zorder=0)
            if node is tree.root:
                plain = {"fc": "1", "ec": "none", "pad": 1}
                axes.annotate(label, ((middle + child) / 2, height - 0.5), ha="center", va="center", fontsize=8, bbox=plain)
        axes.text(
            middle, height, _question(tree, node.bit), ha="center", va="center", fontsize=sizes["question"], bbox={"boxstyle": "square", "fc": "1"}
        )
        return middle

    place(tree.root, 0.0, 0)

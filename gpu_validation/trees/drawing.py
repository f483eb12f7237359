"""A decision tree as text, as Graphviz dot and on matplotlib axes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gpu_validation.trees.tree import DecisionTree, Leaf, Node, leaves_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def _question(tree: DecisionTree, bit: int) -> str:
    return tree.names[bit] if tree.names else f"x{bit}"


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


def draw(tree: DecisionTree, axes: Axes) -> None:
    """The tree on matplotlib axes: leaves evenly spaced, questions above the middle of theirs."""

    def place(node: Node, left: float, height: int) -> float:
        if isinstance(node, Leaf):
            axes.text(left + 0.5, height, _answer(tree, node), ha="center", va="center", bbox={"boxstyle": "round", "fc": "0.9"})
            return left + 0.5
        width = leaves_of(node.zero)
        zero, one = place(node.zero, left, height - 1), place(node.one, left + width, height - 1)
        middle = (zero + one) / 2
        for child, style in ((zero, "--"), (one, "-")):
            axes.plot([middle, child], [height, height - 1], color="0.4", linestyle=style, zorder=0)
        axes.text(middle, height, _question(tree, node.bit), ha="center", va="center", bbox={"boxstyle": "square", "fc": "1"})
        return middle

    place(tree.root, 0.0, 0)
    axes.set_xlim(0, max(1, tree.get_n_leaves()))
    axes.set_ylim(-tree.get_depth() - 0.5, 0.5)
    axes.set_axis_off()

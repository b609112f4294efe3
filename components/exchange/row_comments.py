"""Comments of a data file: those about the file as a whole, those above a row, and those that have no place."""

from collections import defaultdict
from collections.abc import Iterator

import yaml


class CommentInRow(ValueError):
    """A comment inside a row; the message is the number of its line."""


def comments_above_rows(text: str, rows: yaml.SequenceNode) -> tuple[list[str], list[list[str]]]:
    """Comment lines at the head of the file, and for each row those directly above it.

    The head ends at the first empty line or row. Raises CommentInRow for a comment that stands anywhere else.
    """
    lines = text.splitlines()
    starts = [row.start_mark.line for row in rows.value]
    if not starts:
        return [line for line in lines if line.startswith("#")], []
    before = lines[: starts[0]]
    end = next((number for number, line in enumerate(before) if not line.strip()), len(before))
    above = [_comments(before[end:])]
    for row, start, stop in zip(rows.value, starts, [*starts[1:], len(lines)], strict=True):
        last = stop
        while last > start + 1 and (not lines[last - 1].strip() or lines[last - 1].startswith("#")):
            last -= 1
        above.append(_comments(lines[last:stop]))
        _refuse_inside(lines, row, start, last)
    if left := above.pop():
        raise CommentInRow(str(lines.index(left[0]) + 1))
    return _comments(before[:end]), above


def _comments(lines: list[str]) -> list[str]:
    return [line.rstrip() for line in lines if line.startswith("#")]


def _refuse_inside(lines: list[str], row: yaml.Node, start: int, last: int) -> None:
    """Raises CommentInRow where a '#' stands outside every key and value of the row."""
    covered: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for scalar in _scalars(row):
        first, end = scalar.start_mark, scalar.end_mark
        for number in range(first.line, end.line + 1):
            left = first.column if number == first.line else 0
            covered[number].append((left, end.column if number == end.line else len(lines[number])))
    for number in range(start, last):
        marks = [place for place, letter in enumerate(lines[number]) if letter == "#"]
        if any(not any(left <= place < right for left, right in covered[number]) for place in marks):
            raise CommentInRow(str(number + 1))


def _scalars(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for each in node.value:
            yield from _scalars(each)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _scalars(key)
            yield from _scalars(value)

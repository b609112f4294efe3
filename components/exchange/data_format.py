"""The canonical form of a data file: one way to write a row, so that a change of content is all that a diff shows.

A curator's choice between one line and several ('[a, b]' or an item a line) stays, and so does the order of rows. Fixed
are: the line that names the schema, the order of fields (that of the model), indentation, quotes, the width of lines,
and the empty lines between rows. Comments stand above a row; content never changes.
"""

import io
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import BaseModel

from components.clinical.data_rows import kind_of
from components.clinical.records import Provenance
from components.clinical.schema import MODELS
from components.clinical.yaml_limits import refuse_bombs
from components.exchange.row_comments import CommentInRow, comments_above_rows

WIDTH = 118
NEVER_WRAPPED = 1_000_000
"""A row that was written on one line stays on one line."""
LONGEST_REPEATED = 60


class Unformattable(ValueError):
    """A file that cannot be brought into canonical form; the message is one plain sentence."""


def canonical_text(text: str, file: str) -> str:
    """The text of a data file in canonical form; ``file`` is its path inside data/.

    Raises Unformattable for what is no list of rows, and for a comment that would be lost.
    """
    try:
        refuse_bombs(text.encode())
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as problem:
        raise Unformattable(f"{file} is not readable as YAML: run 'python -m components validate'.") from problem
    if not isinstance(node, yaml.SequenceNode) or not all(isinstance(row, yaml.MappingNode) for row in node.value):
        raise Unformattable(f"{file} holds no list of rows: run 'python -m components validate'.")
    try:
        head, above = comments_above_rows(text, node)
    except CommentInRow as problem:
        raise Unformattable(
            f"{file}, line {problem}: a comment inside a row would be lost, move it above the row."
        ) from problem
    rows = "".join(_rows(node, above, MODELS.get(kind_of(file)))) if node.value else "[]\n"
    written = _head(head, file) + rows
    if written != text and _content(written) != _content(text):
        raise Unformattable(f"{file} would change its content in canonical form: it is left as it is.")
    return written


def _content(text: str) -> Any:
    return yaml.load(text, Loader=yaml.CSafeLoader)


def format_files(place: Path, write: bool) -> tuple[str, ...]:
    """Names of the YAML files of a folder (or of the one file) that are not canonical; with ``write`` they are mended.

    Nothing is written unless every file can be. Raises Unformattable, and OSError for a file that cannot be written.
    """
    paths = sorted(place.rglob("*.yaml")) if place.is_dir() else [place]
    changed = {}
    for path in paths:
        name = path.relative_to(place).as_posix() if place.is_dir() else _name_in_data(path)
        try:
            text = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError as problem:
            raise Unformattable(f"{name} is not UTF-8 text: save it again as UTF-8.") from problem
        canonical = canonical_text(text, name)
        if canonical != text:
            changed[path] = canonical
    if write:
        for path, canonical in changed.items():
            part = path.with_suffix(".part")
            part.write_bytes(canonical.encode())
            part.replace(path)
    return tuple(path.relative_to(place).as_posix() if place.is_dir() else path.name for path in changed)


def _name_in_data(path: Path) -> str:
    """'medicines/psychiatric.yaml': a file in a folder of its kind keeps the folder's name."""
    folder = path.resolve().parent.name
    return f"{folder}/{path.name}" if folder in MODELS else path.name


def _head(comments: list[str], file: str) -> str:
    """The line that names the schema first; then the comments about the file as a whole."""
    kind = kind_of(file)
    own = [line for line in comments if not line.startswith("# yaml-language-server:")]
    up = "../" if "/" in file else ""
    schema = [f"# yaml-language-server: $schema={up}schema/{kind}.json"] if kind in MODELS else []
    return "".join(f"{line}\n" for line in (*schema, *own))


def _rows(node: yaml.SequenceNode, above: list[list[str]], model: type[BaseModel] | None) -> Iterator[str]:
    """Rows of one line follow each other, after one empty line; longer rows have an empty line between them."""
    was_long = True
    for number, (row, comments) in enumerate(zip(node.value, above, strict=True)):
        _order(row, model)
        is_long = not row.flow_style
        if (number and (is_long or was_long)) or (not number and not is_long):
            yield "\n"
        yield from (f"{line}\n" for line in comments)
        yield _written(row)
        was_long = is_long


def _order(node: yaml.Node, model: type[BaseModel] | None) -> None:
    """Puts fields into the order of their model, and lets the writer choose quotes; texts of several lines stay so."""
    if isinstance(node, yaml.ScalarNode):
        node.style = "|" if "\n" in node.value else None
    elif isinstance(node, yaml.SequenceNode):
        for each in node.value:
            _order(each, model)
    elif isinstance(node, yaml.MappingNode):
        models = _models_of_fields(model) if model else {}
        if not {key.value for key, _ in node.value} <= models.keys():
            models = {}  # a record by language or treatment, or a field that validate will name
        places = {name: place for place, name in enumerate(models)}
        node.value.sort(key=lambda pair: places.get(pair[0].value, 0))
        for key, value in node.value:
            _order(key, None)
            _order(value, models.get(key.value, model if not models else None))


@cache
def _models_of_fields(model: type[BaseModel]) -> Mapping[str, type[BaseModel] | None]:
    """Names of fields in order, each with the model of what stands in it; sources, status and dates come last."""
    fields = model.model_fields
    last = Provenance.model_fields if issubclass(model, Provenance) else {}
    names = (*(name for name in fields if name not in last), *last)
    return {name: _model_in(fields[name].annotation) for name in names}


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for each in get_args(annotation) if (found := _model_in(each))), None)


def _written(row: yaml.MappingNode) -> str:
    stream = io.StringIO()
    writer = _Writer(stream, NEVER_WRAPPED if row.flow_style else WIDTH)
    writer.open()
    writer.serialize(yaml.SequenceNode("tag:yaml.org,2002:seq", [row], flow_style=False))
    writer.close()
    return stream.getvalue()


class _Writer(yaml.emitter.Emitter, yaml.serializer.Serializer, yaml.resolver.Resolver):
    """PyYAML's writer, with lists indented under their field."""

    _known: dict[str, Any] = {}  # noqa: RUF012 (shared on purpose: names of fields recur thousands of times)

    def __init__(self, stream: io.StringIO, width: int) -> None:
        yaml.emitter.Emitter.__init__(self, stream, width=width, allow_unicode=True)
        yaml.serializer.Serializer.__init__(self)
        yaml.resolver.Resolver.__init__(self)

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def analyze_scalar(self, scalar: str) -> Any:
        """What quotes a text needs; short ones are looked at once, which halves the time."""
        if len(scalar) > LONGEST_REPEATED:
            return super().analyze_scalar(scalar)
        if scalar not in self._known:
            self._known[scalar] = super().analyze_scalar(scalar)
        return self._known[scalar]

"""What a page shows, as text: every string that a reader meets, out of the messages that go to the browser."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Node

_CODES = frozenset(
    "id key form_id url icon page page_script_hash query_string element_id query_param_key query_params type user_key "
    "deferred_file_id autocomplete tag format theme language".split()
)
"""Fields of messages that hold names for the program."""
_SHOWN_IN_A_FIGURE = frozenset({"text", "hovertext", "ticktext", "customdata", "name", "x", "y"})
_ATTRIBUTE = re.compile(r'(?:aria-label|alt|title)=["\'](.*?)["\']')
_STYLE = re.compile(r"<style>[^<]*</style>\s*")
_TABLES = frozenset({"table", "dataframe"})


def texts_of(app: AppTest) -> Iterator[str]:
    """Everything on the page and in its sidebar: tables cell by cell, a figure's words in their order, each once."""
    seen: set[str] = set()
    for node in _nodes(app._tree.children.values()):
        for text in _texts_of_node(node):
            for each in (text, *_ATTRIBUTE.findall(text)):
                if each.strip() and not _STYLE.fullmatch(each) and each not in seen:
                    seen.add(each)
                    yield each


def _nodes(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        if isinstance(node, Block):
            yield from _nodes(node.children.values())


def _texts_of_node(node: Node) -> Iterator[str]:
    proto = getattr(node, "proto", None)
    if node.type == "plotly_chart":
        yield proto.alt
        yield " · ".join(_in_figure(json.loads(proto.spec)))
    elif node.type in _TABLES:
        yield proto.alt
        yield from map(str, node.value.columns)
        yield from (str(cell) for cell in node.value.to_numpy(object).ravel() if cell is not None and cell == cell)
    elif isinstance(proto, Message):
        yield from _in_message(proto)


def _in_message(message: Message) -> Iterator[str]:
    for field, value in message.ListFields():
        if field.name in _CODES:
            continue
        for each in value if field.is_repeated else [value]:
            if isinstance(each, Message):
                yield from _in_message(each)
            elif isinstance(each, str):
                yield each


def _in_figure(part: Any, shown: bool = False) -> Iterator[str]:
    """Words of a figure in their order; an id among the data of a point has no space and is no word."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key != "template":
                yield from _in_figure(value, key in _SHOWN_IN_A_FIGURE and key != "customdata")
                if key == "customdata":
                    yield from (each for each in _in_figure(value, True) if " " in each)
    elif isinstance(part, list):
        for value in part:
            yield from _in_figure(value, shown)
    elif shown and isinstance(part, str):
        yield part

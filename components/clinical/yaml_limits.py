"""What a YAML file may not hold although YAML allows it: names for parts, and nesting without end.

PyYAML's C code follows both until memory or stack runs out, and a stack that runs out ends the whole process.
"""

import re
from itertools import accumulate
from typing import Any

import yaml

DEEPEST = 50
_NAMES_A_PART = re.compile(rb"&(?<![\w&/=;.]&)[\w-]")
_ROWS_IN_A_ROW = re.compile(rb"[-?:][ \t]+[-?:][ \t]+[-?:][ \t]+(?:[-?:][ \t]+){%d}" % (DEEPEST - 3))
_BUT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_INDENTED = b"\n" + b" " * DEEPEST


def refuse_bombs(content: bytes) -> None:
    """Raise YAMLError for an alias and for more than 50 levels.

    The parser's events tell for certain and take time; they are looked at only where the bytes give reason to.
    """
    brackets = content.translate(None, _BUT_BRACKETS)
    depths = accumulate(1 if each in b"[{" else -1 for each in brackets)
    is_flat = max(depths, default=0) <= DEEPEST and _INDENTED not in content and not _ROWS_IN_A_ROW.search(content)
    if is_flat and not (b"&" in content and _NAMES_A_PART.search(content)):
        return
    depth = 0
    for event in yaml.parse(content, yaml.CSafeLoader):
        mark: Any = event.start_mark
        if isinstance(event, yaml.AliasEvent):
            raise yaml.MarkedYAMLError(problem="an alias (*name) stands for another part", problem_mark=mark)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise yaml.MarkedYAMLError(problem="more levels inside each other than any record has", problem_mark=mark)

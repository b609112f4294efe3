"""A data file that would exhaust memory or stack is refused; everything that records hold passes."""

import pytest
import yaml

from components.clinical.yaml_limits import DEEPEST, refuse_bombs


@pytest.mark.parametrize(
    "content",
    [
        "",
        "- id: one\n  text: salt & pepper, R&D, a&b\n",
        "- link: https://example.org/?a=1&b=2\n",
        "- {a: [1, 2], b: {c: [3]}}\n",
        "[" * DEEPEST + "]" * DEEPEST,
        "- text: 'a &name that is only text'\n",
    ],
    ids=["empty", "ampersands", "address", "brackets", "as deep as allowed", "quoted ampersand"],
)
def test_plain_rows_pass(content: str) -> None:
    refuse_bombs(content.encode())


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("- &a [1]\n- *a\n", "stands for another part"),
        ("a: &x {b: 1}\nc: *x\n", "stands for another part"),
        ("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1), "more levels inside each other"),
        ("- " * (DEEPEST + 1) + "a\n", "more levels inside each other"),
        ("".join(f"{' ' * level}k:\n" for level in range(DEEPEST + 1)), "more levels inside each other"),
    ],
    ids=["name for a row", "name for a field", "brackets", "rows in a row", "indented"],
)
def test_bombs_are_refused_with_their_line(content: str, why: str) -> None:
    with pytest.raises(yaml.MarkedYAMLError, match=why):
        refuse_bombs(content.encode())

"""A summary list escapes every text, leaves out what nobody filled in, and links to safe addresses only."""

import pytest

from components.clinical.knowledge_base import KnowledgeBase
from components.screen.summary_list import Linked, Told, source_list, summary_list


@pytest.mark.parametrize(
    ("told", "drawn"),
    [
        ("5 < 6 & <b>", "5 &lt; 6 &amp; &lt;b&gt;"),
        (("one",), "one"),
        (("one", "<two>"), "<ul><li>one</li><li>&lt;two&gt;</li></ul>"),
        (Linked("<x>", 'https://a.test/"'), '<a href="https://a.test/&quot;" target="_blank">&lt;x&gt;</a>'),
    ],
)
def test_every_text_stands_escaped_beside_its_term(told: Told, drawn: str) -> None:
    row = f"<div><dt>A &amp; B</dt><dd>{drawn}</dd></div>"
    assert summary_list([("A & B", told)]) == f'<dl class="summary">{row}</dl>'


def test_a_row_without_a_text_is_left_out() -> None:
    assert summary_list([("None", None), ("Empty", ""), ("No text", ())]) == ""


@pytest.mark.parametrize(("url", "linked"), [("https://a.test/", 1), ("http://a.test/", 0), ("javascript:x", 0)])
def test_only_https_is_linked(url: str, linked: int, base: KnowledgeBase) -> None:
    source = base.sources["veraart-2021"].model_copy(update={"url": url})
    assert source_list([source]).count("<a ") == linked

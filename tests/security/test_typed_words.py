"""Typed words stay words, on the screen and in a card: Markdown makes no link, picture or format of them."""

import re
from collections.abc import Callable

import pytest

from components.exchange.card_markdown import as_card_markdown
from components.screen.safe_text import plain

WRITERS = [plain, as_card_markdown]
LINKS = re.compile(r"https?://|(?<!\w)www\.|\w@\w|(?<!\\)[\[<`]", re.IGNORECASE)
"""What Markdown makes a link, a picture or HTML of; a backslash or a joiner in it stops that."""
TYPED = (
    *("https://leak.example", "HTTP://leak.example", "www.leak.example", "WWW.leak.example", "wWw.leak.example"),
    *("a@leak.example", "![x](http://leak.example/a.png)", "[x](javascript:alert(1))", "<img src=//leak.example>"),
    *("<https://leak.example>", "`code`", "x www.leak.example y", "(www.leak.example)", "www.www.leak.example"),
)


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("write", WRITERS, ids=lambda each: each.__name__)
def test_no_link_is_left(write: Callable[[str], str], typed: str) -> None:
    assert not LINKS.search(write(typed))


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("write", WRITERS, ids=lambda each: each.__name__)
def test_nothing_is_lost(write: Callable[[str], str], typed: str) -> None:
    shown = write(typed).replace("\\", "").replace("\u2060", "")
    assert shown == typed

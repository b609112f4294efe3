"""A title over a picture says the finding in few words: all titles that pages with charts can draw."""

import json
import re
from collections.abc import Iterator
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from components.clinical.knowledge_base import KnowledgeBase
from components.clinical.onset_terms import OnsetView
from components.clinical.side_effect_terms import EffectView
from tests.pages.visits import as_read, at

MOST_WORDS = 14
VIEWS = (
    *(("onset_timeline", "view", view) for view in OnsetView),
    *(("side_effects", "effects", view) for view in EffectView if view is not EffectView.SERIOUS),
)


def titles_of(app: AppTest) -> Iterator[str]:
    """Headings, and inside figures what stands over a panel, a lane or a pair."""
    yield from (as_read(str(each.value)) for kind in ("title", "header", "subheader") for each in app.get(kind))
    for chart in app.get("plotly_chart"):
        for each in json.loads(chart.proto.spec)["layout"].get("annotations", []):
            text = unescape(re.sub(r"<br>.*|<[^>]*>", "", each["text"]))
            if text.startswith("\u25a0"):
                yield text.removeprefix("\u25a0").strip()


def too_long(titles: Iterator[str]) -> list[str]:
    return [each for each in titles if len(each.split()) > MOST_WORDS]


@pytest.mark.parametrize("presenter", ["false", "true"])
@pytest.mark.parametrize(("page", "key", "view"), VIEWS)
def test_no_title_of_a_view_is_long(
    page: str, key: str, view: OnsetView | EffectView, presenter: str, base: KnowledgeBase
) -> None:
    words = base.onset.views[view] if isinstance(view, OnsetView) else base.side_effects.views[view]
    app = at(f"pages/{page}.py", **{key: words.title, "presenter": presenter})
    titles = list(titles_of(app))
    assert len(titles) >= 2
    assert not too_long(iter(titles))


def test_no_title_that_a_choice_brings_is_long(base: KnowledgeBase) -> None:
    """Pairs that are not drawn at first, worries that nobody chose, ways of finding effects."""
    held = base.side_effects
    titles = [pair.title for pair in base.onset.out_of_100]
    titles += [title for each in held.worries.values() for title in (each.title, each.clinician_title)]
    titles += [each.name for each in (*held.axis_groups.values(), *held.effects.values())]
    titles += [each.title for each in (*base.onset.limits, *held.limits)]
    assert not too_long(iter(titles))


def test_a_long_title_would_be_found() -> None:
    assert too_long(iter(["word " * (MOST_WORDS + 1)]))

"""Serious risks of both sides: named under every view, and told in full in a table."""

from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import urlencode

import streamlit as st

from components.clinical.catalogue_words import LANGUAGE
from components.clinical.interface_words import say
from components.clinical.side_effect_choice import serious_effects
from components.clinical.side_effect_terms import EffectGroup, EffectView
from components.clinical.side_effect_words import GROUP_NAMES
from components.clinical.side_effects import NOTHING_FOUND, Effect
from components.exchange.sheet_text import cited_as
from components.screen.chart_card import opened
from components.screen.evidence_shelf import SOURCE
from components.screen.knowledge import knowledge_base
from components.screen.presenter import presenting
from components.screen.safe_text import plain

COLUMNS = (
    say("side_effect_serious.risk"),
    say("shared.iv_ketamine"),
    say("side_effect_serious.esketamine"),
    "SSRIs",
    say("shared.what_helps"),
)


def serious_risks() -> None:
    """No filter hides them: their names stand by when they happen, and all that is known opens."""
    base = knowledge_base()
    words = base.side_effects.views[EffectView.SERIOUS]
    effects = serious_effects(base.side_effects)
    st.header(say("side_effect_serious.serious_risks_always_shown"))
    if presenting():
        lines = "\n".join(_in_plain_words(each) for each in effects)
        st.markdown(f"{plain(words.patient[LANGUAGE])}\n{lines}")
        return
    st.markdown(plain(words.takeaway))
    st.html(f'<div class="risks">{"".join(_names(group, effects) for group in EffectGroup)}</div>')
    with opened(say("side_effect_serious.each_in_full"), "serious_in_full") as is_open:
        if is_open:
            _table(base.knowledge.content_hash)


def _names(group: EffectGroup, effects: Sequence[Effect]) -> str:
    """The risks of one group, one a line."""
    names = "".join(f"<li>{escape(each.name)}</li>" for each in effects if each.group is group)
    return f"<section><h3>{escape(GROUP_NAMES[group])}</h3><ul>{names}</ul></section>" if names else ""


def _in_plain_words(effect: Effect) -> str:
    return f"- **{plain(effect.patient_name.capitalize())}.** {plain(effect.patient[LANGUAGE])}"


@st.cache_resource(max_entries=2, show_spinner=False)
def _table(content: str) -> None:
    """Drawn once for each content of data/ and replayed after that."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in COLUMNS)
    rows = "".join(_row(each) for each in serious_effects(knowledge_base().side_effects))
    st.html(f'<table class="rows serious"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>')


def _row(effect: Effect) -> str:
    sides = zip(COLUMNS[1:], (effect.with_ketamine_iv, effect.with_esketamine, effect.with_ssri), strict=False)
    helps = "; ".join(each.text for each in effect.helps)
    return (
        f'<tr><th scope="row">{escape(effect.name)}</th>{"".join(_side(name, text) for name, text in sides)}'
        f'<td data-label="{escape(COLUMNS[-1])}">{escape(helps)}<p>{_links(effect.sources)}</p></td></tr>'
    )


def _side(name: str, text: str) -> str:
    """What is known of one side; where nothing is, it stands back, but it stands."""
    quiet = ' class="quiet"' if text == NOTHING_FOUND else ""
    return f'<td data-label="{escape(name)}"{quiet}>{escape(text)}</td>'


def _links(identifiers: Iterable[str]) -> str:
    """Each source by its short name; a link inside HTML opens in a tab of its own, so that the page keeps the list."""
    sources = knowledge_base().sources
    return " · ".join(
        f'<a href="evidence?{urlencode({SOURCE: each})}" target="_blank">{escape(cited_as(sources[each]))}</a>'
        for each in identifiers
    )

"""The line under a chart that names its sources: those behind most of its figures, each a link to its entry."""

from collections import Counter
from collections.abc import Iterable
from typing import Protocol
from urllib.parse import urlencode

import streamlit as st

from components.clinical.interface_words import say
from components.clinical.onset_base import ArmResult
from components.exchange.sheet_text import cited_as
from components.screen.evidence_shelf import SOURCE
from components.screen.knowledge import knowledge_base
from components.screen.presenter import presenting
from components.screen.safe_text import plain

MOST_NAMED = 6


class Sourced(Protocol):
    """Anything of data/ that names its sources."""

    @property
    def sources(self) -> tuple[str, ...]: ...


def of_all(records: Iterable[Sourced]) -> list[str]:
    """Ids of the sources of marks, courses, facts or pairs, once for each of them."""
    return [source for record in records for source in record.sources]


def of_results(results: Iterable[ArmResult]) -> list[str]:
    """The same of trial results: a point names sources of its own only where they differ from its series."""
    return [source for each in results for source in each.point.sources or each.series.sources]


def sources_line(identifiers: Iterable[str]) -> None:
    """'Sources: Taylor MJ 2006 · Kishimoto T 2016 · 9 more in the numbers'; a link opens in a tab of its own.

    Where the numbers are not (presenter mode, and by style.css paper) nothing is said of them.
    """
    ranked = [source for source, _ in Counter(identifiers).most_common()]
    names = " · ".join(_link(source) for source in ranked[:MOST_NAMED])
    if (further := len(ranked) - MOST_NAMED) > 0 and not presenting():
        names += f" *· {say('chart_sources.more_in_the_numbers', count=further)}*"
    if names:
        st.markdown(f":small[{say('chart_sources.sources', names=names)}]")


def _link(identifier: str) -> str:
    name = plain(cited_as(knowledge_base().sources[identifier]))
    return f"[{name}](evidence?{urlencode({SOURCE: identifier})})"

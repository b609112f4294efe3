"""A chart with all that belongs to it: alternative text, numbers in a table, CSV, image with a readable name.

A chart is drawn once for each set of choices: its element is replayed on later runs, which is what keeps a rerun
fast. A picture that shows anything of the patient's list is remembered in its own session only.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

import streamlit as st

from components.charts.picture import Picture
from components.clinical.interface_words import say
from components.clinical.onset_tables import Row
from components.exchange.table_csv import rows_as_csv
from components.screen.chart_sources import sources_line
from components.screen.file_button import file_button
from components.screen.knowledge import knowledge_base
from components.screen.safe_text import plain

MOST_REMEMBERED = 128


@dataclass(frozen=True, slots=True)
class ChartCard:
    """What a chart card needs; nothing is computed before somebody wants to see it."""

    name: str
    """Names the files, and the chart among its neighbours."""
    choices: tuple[object, ...]
    """Everything the picture depends on besides data/; their text tells one picture from another."""
    picture: Callable[[], Picture]
    rows: Callable[[], list[Row]]
    columns: tuple[str, ...]
    """Columns of the table on screen; the CSV file has all."""
    sources: Callable[[], Iterable[str]] = tuple
    """Ids of the sources of its figures, once for each figure; none where the text beside it names them."""
    of_this_patient: bool = False
    """True when the picture shows anything of the patient's list."""


def chart_card(card: ChartCard) -> None:
    """Draw a chart, with its sources and its numbers below."""
    chart(card)
    numbers(card)


def chart(card: ChartCard) -> None:
    """The chart and its sources: its numbers stand elsewhere on the page."""
    remembered = _replayed_in_session if card.of_this_patient else _replayed
    remembered(card.name, repr((knowledge_base().knowledge.content_hash, card.choices)), card)


@st.cache_resource(max_entries=MOST_REMEMBERED, show_spinner=False)
def _replayed(name: str, choices: str, _card: ChartCard) -> None:
    _draw(_card)


@st.cache_resource(max_entries=MOST_REMEMBERED, show_spinner=False, scope="session")
def _replayed_in_session(name: str, choices: str, _card: ChartCard) -> None:
    _draw(_card)


def _draw(card: ChartCard) -> None:
    picture = card.picture()
    st.plotly_chart(
        picture.figure,
        key=f"chart_{card.name}",
        alt=picture.alt,
        config={
            "displaylogo": False,
            "modeBarButtons": [["toImage"]],
            "toImageButtonOptions": {"format": "png", "filename": file_name(card.name), "scale": 2},
        },
    )
    sources_line(card.sources())


def numbers(card: ChartCard) -> None:
    """The numbers of a chart: a table that opens, and the full rows as CSV."""
    with opened(say("chart_card.the_numbers"), f"numbers_{card.name}") as is_open:
        if is_open:
            table(card.rows(), card.columns)
            file_button(
                say("chart_card.all_columns_csv"),
                lambda: rows_as_csv(card.rows()),
                f"{file_name(card.name)}.csv",
                "text/csv",
                key=f"csv_{card.name}",
                help=say("chart_card.study_population_caveat_source"),
            )


def chart_cards(cards: Sequence[ChartCard], name: str) -> None:
    """Several charts of one view, and one table for all."""
    for card in cards:
        chart(card)
    numbers_of(cards, name)


def numbers_of(cards: Sequence[ChartCard], name: str) -> None:
    """One table for the charts of a view."""
    numbers(replace(cards[0], name=name, rows=lambda: [row for card in cards for row in card.rows()]))


@contextmanager
def opened(title: str, key: str) -> Iterator[bool]:
    """An expander whose body runs only while it is open: 'with opened(...) as is_open: if is_open: ...'."""
    box = st.expander(title, key=key, on_change="rerun")
    with box:
        yield bool(box.open)


def table(rows: Sequence[Row], columns: Sequence[str]) -> None:
    """Some columns of some rows as a real table, which wraps and prints whole."""
    st.table(
        {column: [_cell(row[column]) for row in rows] for column in columns},
        hide_index=True,
        border="horizontal",
        alt=say("chart_card.rows", count=len(rows)),
    )


def file_name(name: str) -> str:
    """'ketamine-consult-how-soon'."""
    return f"ketamine-consult-{name.replace('_', '-')}"


def _cell(value: str | float | int | None) -> str:
    if value is None:
        return say("chart_card.none")
    return plain(value) if isinstance(value, str) else f"{value:g}"

"""A chart with all that belongs to it: alternative text, numbers in a table, CSV, image with a readable name."""

from collections.abc import Mapping, Sequence

import streamlit as st

from components.charts.picture import Picture
from components.exchange.table_csv import Cell, rows_as_csv
from components.screen.safe_text import plain


def chart_card(picture: Picture, name: str, rows: Sequence[Mapping[str, Cell]], columns: Sequence[str]) -> None:
    """Draw a picture with its table; ``name`` names the files, ``columns`` are those shown on screen."""
    st.plotly_chart(
        picture.figure,
        key=f"chart_{name}",
        alt=picture.alt,
        config={
            "displaylogo": False,
            "modeBarButtons": [["toImage"]],
            "toImageButtonOptions": {"format": "png", "filename": file_name(name), "scale": 2},
        },
    )
    numbers(name, rows, columns)


def numbers(name: str, rows: Sequence[Mapping[str, Cell]], columns: Sequence[str]) -> None:
    """The numbers of a chart: a table that opens, and the full rows as CSV."""
    with st.container(horizontal=True, key=f"clinician-only-{name}", vertical_alignment="top"):
        opened = st.expander(f"The numbers as a table ({len(rows)})", key=f"numbers_{name}", on_change="rerun")
        st.download_button(
            "CSV",
            data=lambda: rows_as_csv(rows),
            file_name=f"{file_name(name)}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key=f"csv_{name}",
            help="All columns, with study, population, caveat and source",
        )
    if opened.open:
        with opened:
            st.table(
                {column: [_cell(row[column]) for row in rows] for column in columns},
                hide_index=True,
                border="horizontal",
                alt=f"Numbers of the chart, {len(rows)} rows",
            )


def file_name(name: str) -> str:
    """'ketamine-consult-how-soon'."""
    return f"ketamine-consult-{name.replace('_', '-')}"


def _cell(value: Cell) -> str:
    return "" if value is None else plain(str(value))

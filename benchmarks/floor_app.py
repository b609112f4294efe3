"""The app's frame round a page with one empty Plotly chart: what every rerun costs at least."""

import plotly.graph_objects as go
import streamlit as st

from components.screen import frame


def empty_chart_page() -> None:
    st.title("One empty chart")
    st.plotly_chart(go.Figure(), key="empty", alt="An empty chart")


frame._pages = lambda: [st.Page(empty_chart_page, title="Floor", url_path="floor", default=True)]
frame.run_app()

"""The core: pure Python over frozen models; no streamlit, plotly or pandas."""

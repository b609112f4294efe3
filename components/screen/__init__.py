"""The only layer that imports streamlit."""

"""Speed and memory, side by side with plain Streamlit, in one run: make bench."""

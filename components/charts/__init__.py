"""Typed series -> plotly figures with their alt sentence. Imports clinical only."""

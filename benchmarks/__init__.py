"""Timings of the engine, side by side with a floor, in one run: make bench."""

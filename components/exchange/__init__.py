"""Bytes in, bytes out: medication lists in, reports out. Imports clinical only."""

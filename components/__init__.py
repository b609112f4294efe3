"""Ketamine Consult: everything importable, in four layers (see README.md in this folder)."""

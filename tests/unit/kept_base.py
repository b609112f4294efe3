"""A plugin of pytest for ``make mutants``: the data is read once, not again in the process of every mutant."""

from functools import cache

from components.clinical import knowledge_base

knowledge_base.load_knowledge_base = cache(knowledge_base.load_knowledge_base)

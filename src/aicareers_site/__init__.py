"""A static-site generator for statistics-heavy blogs.

The way of the data, stage by stage, is told in ``docs/architecture.md``.
"""

__version__ = "0.1.0"

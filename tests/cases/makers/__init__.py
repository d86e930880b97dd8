"""What makes the case files: a module a subject, with ``LAYERS`` and ``files()``."""

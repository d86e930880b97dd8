"""What a release is made of, by one command: ``python -m release --into dist/``."""

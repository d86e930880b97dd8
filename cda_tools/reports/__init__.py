"""What is printed or written: one file a format, which knows results only."""

"""What the command ``rules`` looks up: rules, value sets, and how two editions differ."""

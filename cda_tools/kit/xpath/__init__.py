"""XPath 2.0 as the kits use it: parsed, and translated to XPath 1.0 by static kinds, or refused."""

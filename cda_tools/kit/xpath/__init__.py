"""XPath 2 as the kits use it: parsed, given static kinds, and translated to XPath 1.0 or refused."""

"""Chains of versions: which documents are versions of one another, and which one is current.

Works on headers alone (:class:`cda_tools.model.document.Document`), whatever brought them.
Source: structuration minimale 1.16 § 3.5.5.4, § 3.5.5.10, § 3.5.5.11, § 3.5.5.23.
"""

from cda_tools.chains.building import build
from cda_tools.chains.result import Chain, ChainFinding, Chains, Evidence, Link, Status, Version

__all__ = ["Chain", "ChainFinding", "Chains", "Evidence", "Link", "Status", "Version", "build"]

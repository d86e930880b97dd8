"""What a patient's local documents are beside the DMP's list (CDA/DD.05)."""

from cda_tools.dmp.comparison import Choice, Compared, Comparison, State, Visit, compare

__all__ = ["Choice", "Compared", "Comparison", "State", "Visit", "compare"]

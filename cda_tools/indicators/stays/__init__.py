"""Visits of patients: which movements live, and what each visit knows of a decision."""

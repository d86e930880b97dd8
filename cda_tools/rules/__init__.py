"""Findings, the texts of the rules, and the catalogue of all of them: below every other room."""

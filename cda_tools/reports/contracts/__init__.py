"""Reports in the forms of other validators, one file a form: pure functions of a verdict.

The outputs of ``validate`` and the adapters of ``serve`` stand on them.
"""

"""The contracts that the service speaks, one file each (:mod:`cda_tools.serve.routes`)."""

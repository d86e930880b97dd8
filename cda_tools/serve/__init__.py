"""The validator as a service on this machine (extra ``serve``): one more skin over the same check.

``app`` answers; ``guard`` says who may ask and how much; ``workers`` validate, one process a
core; ``adapters`` speak the contracts of the clients that exist, one file each.
"""

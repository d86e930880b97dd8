"""The indicators of the wave."""

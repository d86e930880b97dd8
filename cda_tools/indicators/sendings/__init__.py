"""Documents sent to the DMP: which answer means which message, and what became of each document."""

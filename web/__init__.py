"""The ways in: JSON over HTTP, and the command line. Parse, call, present."""

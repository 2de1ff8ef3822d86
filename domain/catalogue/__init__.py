"""The handbook's catalogue: its codes, and their titles by edition."""

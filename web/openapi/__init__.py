"""What the description of the interface says of every operation, whichever view it is."""

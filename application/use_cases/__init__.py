"""What the staff of a front office do, one method each."""

"""What comes in and what is documented, as marshmallow schemas."""

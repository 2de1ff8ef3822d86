"""The one package that speaks to PostgreSQL."""

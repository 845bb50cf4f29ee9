"""ASSEMBLE: settled mentions and facts -> entities -> one record."""

"""Thin typer commands over importable functions."""

"""READ: files and streams -> articles."""

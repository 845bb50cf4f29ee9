"""One file per format that articles are read from."""

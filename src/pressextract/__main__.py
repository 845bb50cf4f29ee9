"""``python -m pressextract``: the command line."""

from pressextract.cli.app import main

if __name__ == "__main__":
    main()

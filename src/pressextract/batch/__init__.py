"""Many articles: a pool of worker processes, each with its own pipeline, records written in input order."""

"""ANNOTATE: a spaCy component per file writes span groups; ``mentions`` settles them into ``doc.ents``."""

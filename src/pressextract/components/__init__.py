"""ANNOTATE: one spaCy component per file; each writes span groups, ``mentions`` settles them into ``doc.ents``."""

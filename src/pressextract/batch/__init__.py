"""Many articles: workers that each hold a pipeline, shards that survive a kill, records in input order."""

"""Turn rows of the store into pages and reports; no grammar, no decisions."""

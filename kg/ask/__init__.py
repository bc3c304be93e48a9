"""Questions in words: which named query one means, and its answer as a sentence with citations."""

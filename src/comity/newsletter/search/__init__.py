"""Finding entries by their words: an index of each audience's view, ranked by BM25."""

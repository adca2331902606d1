"""The scores: one module a piece, each with a `compose()` that plays it from the first note to the fade."""

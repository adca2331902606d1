"""Reading the files of a whole collection: what each says of itself, found by children that live long."""

"""May a document go out? Decisions of positions upon its text; silence is never one of them."""

"""House rules as checked code: facts of a draft, conditions over them, and what follows."""

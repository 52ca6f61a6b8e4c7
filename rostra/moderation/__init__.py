"""What moderators decide, as cases: each with its rule, its facts and its reasons, told to whom it concerns, open to appeal."""

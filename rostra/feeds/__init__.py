"""What programs read of the board: Atom feeds and sitemaps. Everybody gets what a guest may read."""

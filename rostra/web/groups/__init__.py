"""Groups, as members see them."""

"""Who may do what: capabilities, the three values that are given, and what follows from them. Pure: no models, no requests."""

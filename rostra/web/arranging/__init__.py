"""Where posts belong: splitting and merging topics, correcting an author."""

"""Ground floor: time, text, identifiers, paging, changes and statements. No models, no words of a forum."""

"""What a reader filters out: pressing “Ignore”, and the page of the settings that lists it all."""

"""The mails that a demo board has sent, for everybody to read. No other board has these pages."""

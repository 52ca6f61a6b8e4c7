"""The settings of a member: profile, account, sessions. A further page is a line in `preferences/navigation.html`."""

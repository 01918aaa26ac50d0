"""One-time invitations by e-mail, which leave no link to the response."""

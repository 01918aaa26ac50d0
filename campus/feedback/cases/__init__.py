"""Guests who want an answer: the one thing here that has a contact, and no link to any response."""

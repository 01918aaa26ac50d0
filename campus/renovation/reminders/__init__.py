"""Reminders of milestones: before they are due, when they should have ended, and when no report came. Each once."""

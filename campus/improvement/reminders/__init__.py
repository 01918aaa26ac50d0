"""Reminders of improvement actions: when they should have been done, and when their check is due. Each once."""

"""Pages of the guests' feedback for staff, and of improvement actions."""

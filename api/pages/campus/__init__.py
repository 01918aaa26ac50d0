"""Pages of the campus's books."""

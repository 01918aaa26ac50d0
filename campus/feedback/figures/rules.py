"""How groups of guests are cut, and which matter more when not all can be published. Pure."""

ALL, PAVILION, EVENT, SEGMENT, LANGUAGE = "all", "pavilion", "event", "segment", "language"
DIMENSIONS = (ALL, PAVILION, SEGMENT, EVENT, LANGUAGE)
"""In the order in which groups are published: a later one gives way where both would expose a few guests."""

"""Sample books for a demonstration and for tests: invented, the same for the same seed, and marked as invented.

Only what is published of the campus is real: 21 pavilions, the works on three of them, and the order of magnitude of
room-nights (Programme and Budget proposals for 2024-25).
"""

"""Figures of closed quarters: each with n and an interval, none of them a way to a group under five."""

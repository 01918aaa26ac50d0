"""Answers of guests, which nobody can lead back to them, and the points where guests find the questionnaire."""

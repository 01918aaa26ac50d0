"""Questionnaires and their versions: what guests are asked, in which languages."""

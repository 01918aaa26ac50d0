"""Improvement actions: plan, do, check, act, with the effect measured in the guests' figures."""

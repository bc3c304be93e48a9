"""Explain: from a case to urgency, causes, conditions, place, remedies and questions."""

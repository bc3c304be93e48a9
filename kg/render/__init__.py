"""Explanations for people: one page, written as Markdown, plain text or in colour."""

"""The export formats: every module of this package is one, named as users name it."""

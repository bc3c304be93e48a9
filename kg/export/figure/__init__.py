"""Figures: pictures whose regions are bound to concepts, and ordered courses with branches."""

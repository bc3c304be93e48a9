"""Diagrams: what is drawn, in which shapes and colours, where, and as SVG."""

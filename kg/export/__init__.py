"""Writing the graph, or a part of it, in the formats of other tools: one module a format."""

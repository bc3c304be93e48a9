"""The graph for agents that speak the Model Context Protocol."""

"""The graph over HTTP: a page for people, an API, SPARQL, and concepts at their addresses."""

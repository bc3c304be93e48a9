// Reads an export on standard input with a library that nobody here wrote; prints what it found.
// node read.mjs cytoscape|mermaid
import { readFileSync } from "node:fs";

const text = readFileSync(0, "utf-8");
const readers = {
  async cytoscape() {
    const { default: cytoscape } = await import("cytoscape");
    const network = cytoscape({ headless: true, ...JSON.parse(text) });
    return {
      nodes: network.nodes().map((node) => node.data()),
      edges: network.edges().map((edge) => edge.data()),
    };
  },
  async mermaid() {
    // Mermaid cleans labels with DOMPurify, which needs a page.
    const { JSDOM } = await import("jsdom");
    const { window } = new JSDOM("");
    Object.assign(globalThis, { window, document: window.document });
    const { default: mermaid } = await import("mermaid");
    mermaid.initialize({ maxEdges: 1e5, maxTextSize: 1e8, logLevel: "fatal" });
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
    const decode = (label) => {
      const entity = label.replace(/ﬂ°°/g, "&#").replace(/ﬂ°/g, "&").replace(/¶ß/g, ";");
      const area = window.document.createElement("textarea");
      area.innerHTML = entity;
      return area.value;
    };
    return {
      nodes: [...db.getVertices().values()].map(({ id, text }) => ({ id, label: decode(text) })),
      edges: db.getEdges().map(({ start, end, text, type, stroke }) => ({
        source: start, target: end, label: decode(text), type, stroke,
      })),
    };
  },
};
process.stdout.write(JSON.stringify(await readers[process.argv[2]]()));

// The picture of the page: draws what the data block holds, and keeps list, panel and tables in step.
(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("data").textContent);
  const { nodes, edges, sources, looks } = data;
  const byId = (id) => document.getElementById(id);
  const media = (query) => window.matchMedia(query);
  const dark = media("(prefers-color-scheme: dark)");
  const still = media("(prefers-reduced-motion: reduce)");
  const SHORT = "short", ALL = "all", AROUND = "around";
  const MANY = 60; // concepts; more are drawn as a map of kinds, fewer in layers
  const PAGE = 100; // rows of a table at once
  const LISTED = 400; // concepts that the list shows at once
  // The shapes that the ontology names: as Cytoscape.js draws them, as a sign of 16 by 16, and the
  // room that slanted sides take from the words.
  const SHAPES = {
    box: ["rectangle", "M2 3h12v10H2z", 0], rounded: ["round-rectangle", "M5 3h6a3 3 0 0 1 3 3v4a3 3 0 0 1-3 3H5a3 3 0 0 1-3-3V6a3 3 0 0 1 3-3z", 0],
    double: ["rectangle", "M1 2h14v12H1zM4 5v6h8V5z", 6], crossed: ["barrel", "M2 4q6-3 12 0v8q-6 3-12 0z", 6],
    cut: ["cut-rectangle", "M5 3h6l3 3v4l-3 3H5l-3-3V6z", 6], note: ["bottom-round-rectangle", "M2 3h12v6a4 4 0 0 1-4 4H6a4 4 0 0 1-4-4z", 6],
    pennant: ["tag", "M2 3h8l5 5-5 5H2z", 30], pill: ["round-rectangle", "M5.5 3h5a5 5 0 0 1 0 10h-5a5 5 0 0 1 0-10z", 12],
    hexagon: ["hexagon", "M4.5 3h7L15 8l-3.5 5h-7L1 8z", 24], octagon: ["octagon", "M5 2h6l4 4v4l-4 4H5l-4-4V6z", 18],
    slant: ["polygon", "M4 3h11l-3 10H1z", 22], circle: ["ellipse", "M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2z", 18],
    diamond: ["diamond", "M8 1l7 7-7 7-7-7z", 60], triangle: ["triangle", "M8 2l7 12H1z", 60],
  };
  const shapeOf = (look) => SHAPES[looks[look].shape] || SHAPES.box;
  document.documentElement.classList.add("js");

  // -- small helpers; text is always set as text

  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === "text") element.textContent = value;
      else if (name === "on") for (const [type, act] of Object.entries(value)) element.addEventListener(type, act);
      else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  }
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  const cut = (text, most) => (text.length > most ? text.slice(0, most - 1) + "…" : text);
  const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;
  const fold = (text) => text.toLowerCase().normalize("NFKD");
  const web = (url) => typeof url === "string" && /^https?:\/\//.test(url);
  const link = (url, text) =>
    web(url) ? make("a", { href: url, rel: "noreferrer", text }) : make("span", { text });

  // -- what is known of the graph

  const kinds = looks.map((look, place) => place);
  nodes.forEach((node, place) => {
    node.place = place;
    node.claims = [];
    node.words = fold([node.label, node.lay || "", node.names, node.kind, node.definition, node.id].join(" "));
    node.name = fold([node.label, node.lay || "", node.names].join(" | "));
  });
  edges.forEach((edge, place) => {
    edge.place = place;
    edge.words = fold(edge.text);
    nodes[edge.from].claims.push(edge);
    if (edge.to !== edge.from) nodes[edge.to].claims.push(edge);
  });
  // What has no kind of its own (amounts, qualities) comes last.
  const odd = (node) => Number(looks[node.look].name === "other");
  const order = [...nodes].sort((a, b) => odd(a) - odd(b) || (fold(a.label) < fold(b.label) ? -1 : fold(a.label) > fold(b.label) ? 1 : a.place - b.place));

  const state = { chosen: null, edge: null, words: "", off: new Set(), scope: ALL, most: Infinity, like: null };
  const scopes = [];
  if (nodes.some((node) => node.near)) scopes.push([SHORT, "what was reported, in short"]);
  scopes.push([ALL, nodes.length > MANY ? "everything, by kind" : "everything"]);
  scopes.push([AROUND, "what lies around the chosen concept"]);
  const beside = (node) => node.claims.some((edge) => edge.from === data.centre || edge.to === data.centre);
  state.scope = data.centre !== null && nodes.every(beside) ? AROUND : scopes[0][0];

  const matches = (node) => state.words === "" || (state.like === null ? node.words.includes(state.words) : state.like.has(node));

  // Whether two words differ by a letter, by two where they are long (Damerau and Levenshtein).
  function alike(one, other) {
    const most = one.length < 4 ? 0 : one.length < 8 ? 1 : 2;
    if (Math.abs(one.length - other.length) > most) return false;
    let rows = [[], Array.from({ length: other.length + 1 }, (_, at) => at)];
    for (let i = 1; i <= one.length; i += 1) {
      const row = [i], [before, last] = rows;
      for (let j = 1; j <= other.length; j += 1) {
        row[j] = Math.min(row[j - 1] + 1, last[j] + 1, last[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      rows = [last, row];
    }
    return rows[1][other.length] <= most;
  }

  // What was searched for; where nothing holds it, what is spelt like it.
  function search(words) {
    state.words = fold(words.trim());
    state.like = null;
    if (state.words === "" || nodes.some((node) => node.words.includes(state.words)) || edges.some((edge) => edge.words.includes(state.words))) return;
    const wants = state.words.split(/\s+/);
    state.like = new Set(nodes.filter((node) => {
      const has = node.name.split(/[^\p{L}\p{N}]+/u);
      return wants.every((want) => has.some((word) => alike(want, word)));
    }));
  }
  const wanted = (node) => !state.off.has(node.look);
  const inScope = (node) => {
    if (state.scope === SHORT) return node.near > 0 && node.near <= state.most;
    if (state.scope !== AROUND || state.chosen === null) return true;
    return node === state.chosen || node.claims.some((e) => nodes[e.from] === state.chosen || nodes[e.to] === state.chosen);
  };
  const edgeInScope = (edge) => {
    if (state.scope === SHORT) return edge.near > 0 && edge.near <= state.most;
    if (state.scope !== AROUND || state.chosen === null) return true;
    return edge.from === state.chosen.place || edge.to === state.chosen.place;
  };
  const shown = (node) => wanted(node) && inScope(node);
  const edgeShown = (edge) => edgeInScope(edge) && shown(nodes[edge.from]) && shown(nodes[edge.to]);

  // -- colours come from the style sheet, so that they follow the scheme

  let theme = {};
  function readTheme() {
    const style = getComputedStyle(document.documentElement);
    const value = (name) => style.getPropertyValue(name).trim();
    theme = {
      fill: kinds.map((kind) => value(`--fill-${kind}`)), stroke: kinds.map((kind) => value(`--line-${kind}`)),
      ink: value("--ink"), soft: value("--soft"), card: value("--card"), mark: value("--mark"),
      focus: value("--focus"), line: value("--line"),
      lines: Object.fromEntries(Object.entries(LINES).map(([line, [, , colour]]) => [line, value(colour)])),
    };
  }
  // How lines are drawn: head, dashes, colour, and the head once more for the legend.
  const LINES = {
    up: ["triangle", "solid", "--raises", "M29 1l9 5-9 5z"], down: ["tee", "dashed", "--lowers", "M35 0h3v12h-3z"],
    open: ["square", "dotted", "--changes", "M29 2h8v8h-8z"], shows: ["circle", "solid", "--changes", "M34 2a4 4 0 1 0 0.1 0z"],
    kind: ["triangle", "solid", "--changes", "M29 1l9 5-9 5z"], part: ["diamond", "solid", "--changes", "M28 6l5-4 5 4-5 4z"],
    plain: ["vee", "solid", "--states", "M29 1l9 5-9 5 3-5z"], refuted: ["triangle-cross", "dotted", "--against", "M29 1l9 10M38 1l-9 10"],
  };
  const HOLLOW = ["kind", "part"];

  function styles() {
    const big = byKind();
    return [
      { selector: "node", style: {
        label: "data(label)", "text-wrap": "wrap", "text-max-width": 400, "font-size": 13,
        "font-family": "system-ui, Segoe UI, Helvetica Neue, DejaVu Sans, Arial, sans-serif",
        color: theme.ink, "text-valign": "center", "text-halign": "center", "line-height": 1.15,
        width: "data(width)", height: "data(height)", shape: "data(shape)",
        "background-color": (n) => theme.fill[n.data("look")],
        "border-color": (n) => theme.stroke[n.data("look")], "border-width": 1.5,
        "min-zoomed-font-size": 5, "overlay-opacity": 0 } },
      { selector: "node[form = 'pill']", style: { "corner-radius": 100 } },
      { selector: "node[form = 'slant']", style: { "shape-polygon-points": "-0.86 -1 1 -1 0.86 1 -1 1" } },
      { selector: "node[form = 'double']", style: { "border-width": 5, "border-style": "double" } },
      { selector: "node[role = 'finding'], node[role = 'cause']", style: { "border-width": 3, "font-weight": 700 } },
      { selector: "node[role = 'finding'][form = 'double']", style: { "border-width": 7 } },
      { selector: "node.dot", style: {
        label: "", "background-color": (n) => theme.stroke[n.data("look")], "border-width": 0,
        shape: "ellipse", width: "data(dot)", height: "data(dot)" } },
      { selector: "node.named, node.hub, node.dot.near, node.dot.hit, node.dot.chosen", style: {
        label: "data(label)", "text-valign": "bottom", "text-margin-y": 3, "font-size": 11, "min-zoomed-font-size": 6,
        "text-background-color": theme.card, "text-background-opacity": 0.75, "text-background-padding": 1, "z-index": 4 } },
      { selector: "node.hub", style: { label: "data(name)", "font-size": 32, "text-margin-y": 4, "text-max-width": 1000 } },
      { selector: "node.title", style: {
        "background-opacity": 0, "border-width": 0, "font-size": 44, "font-weight": 600, width: 1, height: 1,
        color: (n) => theme.stroke[n.data("look")], events: "no", "text-wrap": "none",
        label: "data(label)", "min-zoomed-font-size": 7, "text-background-color": theme.card,
        "text-background-opacity": 0.8, "text-background-padding": 6, "z-index": 5 } },
      { selector: "edge", style: {
        width: (e) => 1 + 1.6 * e.data("confidence"), "curve-style": big ? "haystack" : columns() ? "segments" : "bezier",
        "segment-weights": (e) => corner(e).weight, "segment-distances": (e) => corner(e).distance, "edge-distances": "node-position",
        "line-color": (e) => theme.lines[e.data("line")], "target-arrow-color": (e) => theme.lines[e.data("line")],
        "target-arrow-shape": (e) => LINES[e.data("line")][0], "line-style": (e) => LINES[e.data("line")][1],
        "target-arrow-fill": (e) => (HOLLOW.includes(e.data("line")) ? "hollow" : "filled"),
        "line-dash-pattern": [7, 4], "arrow-scale": 1.15, opacity: big ? 0.12 : 0.85, "overlay-opacity": 0,
        label: big || columns() ? "" : "data(phrase)", "font-size": 10.5, color: theme.soft, "text-rotation": across || state.scope === AROUND ? "autorotate" : "none",
        "text-background-color": theme.card, "text-background-opacity": 0.92, "text-background-padding": 2,
        "font-family": "system-ui, Segoe UI, Helvetica Neue, DejaVu Sans, Arial, sans-serif",
        "min-zoomed-font-size": 7 } },
      { selector: ".gone", style: { display: "none" } },
      { selector: ".faint", style: { opacity: big ? 0.04 : 0.13 } },
      { selector: "node.faint", style: { opacity: big ? 0.16 : 0.25 } },
      { selector: "node.near", style: { "min-zoomed-font-size": 4, "z-index": 8 } },
      { selector: "edge.near", style: { opacity: 1, "z-index": 7 } },
      { selector: "node.hit", style: { "border-width": 3, "border-color": theme.focus, "border-style": "solid" } },
      { selector: "node.chosen", style: { "border-width": 4.5, "border-color": theme.mark, "border-style": "solid", "z-index": 9 } },
      { selector: "edge.chosen", style: { width: 4, opacity: 1, "z-index": 9 } },
    ];
  }

  // -- where things stand

  const WIDEST = 17; // letters of a line inside a node
  function box(node) {
    const lines = [];
    for (const word of cut(node.label, 90).split(/\s+/))
      for (let rest = word; rest !== ""; rest = rest.slice(WIDEST + 3)) {
        const piece = rest.slice(0, WIDEST + 3), last = lines.length - 1;
        if (last >= 0 && lines[last].length + piece.length < WIDEST) lines[last] += ` ${piece}`;
        else lines.push(piece);
      }
    const longest = Math.max(3, ...lines.map((line) => line.length));
    // Bold letters are wider, and a shape with slanted sides holds less.
    const letter = node.role === "finding" || node.role === "cause" ? 8 : 7.3;
    const slant = shapeOf(node.look)[2];
    return { label: lines.join("\n"), width: longest * letter + 24 + slant, height: lines.length * 15.5 + 16 + slant / 4 };
  }

  // Layers by the direction of the claims (dagre); from left to right where there is room.
  function layered(someNodes, someEdges, wide) {
    const graph = new dagre.graphlib.Graph({ multigraph: true });
    graph.setGraph({ rankdir: wide ? "LR" : "TB", nodesep: wide ? 18 : 22, ranksep: wide ? 60 : 50, edgesep: 10, ranker: "network-simplex" });
    graph.setDefaultEdgeLabel(() => ({}));
    for (const node of someNodes) graph.setNode(String(node.place), { width: node.box.width, height: node.box.height });
    for (const edge of someEdges) {
      // What a chain reads from the object to the subject is laid out as it is read.
      const [tail, head] = edge.turned ? [edge.to, edge.from] : [edge.from, edge.to];
      graph.setEdge(String(tail), String(head), { labelpos: "c", width: 6 * cut(edge.phrase, 40).length, height: 14 }, String(edge.place));
    }
    dagre.layout(graph);
    return new Map(someNodes.map((node) => [node.place, { x: graph.node(String(node.place)).x, y: graph.node(String(node.place)).y }]));
  }

  // One concept in the middle; what points at it in a fan on one side, what it points at on the
  // other. Each line has an angle of its own, so that none runs behind another concept.
  function fan(centre, someNodes, wide) {
    const spots = new Map([[centre.place, { x: 0, y: 0 }]]);
    const targets = new Set(edges.filter((edge) => edge.from === centre.place).map((edge) => edge.to));
    const others = order.filter((node) => node !== centre && someNodes.includes(node)).sort((a, b) => a.look - b.look);
    if (!wide) {
      // On a phone in two columns, with the lines in the gutter between them.
      const depth = { "-1": 70, 1: 70 };
      for (const node of others) {
        const side = targets.has(node.place) && depth[1] <= depth[-1] + 200 ? 1 : depth[-1] <= depth[1] ? -1 : 1;
        spots.set(node.place, { x: side * (26 + node.box.width / 2), y: depth[side] + node.box.height / 2 });
        depth[side] += node.box.height + 12;
      }
      return spots;
    }
    for (const side of [-1, 1]) {
      const group = others.filter((node) => targets.has(node.place) === (side === 1));
      const rings = group.length <= 8 ? 1 : group.length <= 20 ? 2 : 3;
      const turn = Math.min(0.22, 1.9 / Math.max(1, group.length - 1));
      const inner = Math.max(290, 38 / turn);
      group.forEach((node, at) => {
        const angle = (at - (group.length - 1) / 2) * turn, far = inner + (at % rings) * 205;
        spots.set(node.place, { x: side * far * Math.cos(angle) * 1.3, y: far * Math.sin(angle) });
      });
    }
    return spots;
  }

  // A map of kinds: each a disc of seeds like a sunflower, the best connected in its middle.
  function discs() {
    const groups = kinds.map((kind) => nodes.filter((node) => node.look === kind)
      .sort((a, b) => b.claims.length - a.claims.length || a.place - b.place));
    const discs = groups.map((group, at) => ({ group, kind: at, radius: 34 * Math.sqrt(group.length) + 40 }))
      .sort((a, b) => b.radius - a.radius || a.kind - b.kind);
    const placed = [];
    const free = (x, y, radius) => placed.every((d) => Math.hypot((d.x - x) / 1.25, d.y - y) > (d.radius + radius + 40) / 1.06);
    for (const disc of discs) {
      search: for (let away = 0; ; away += 30)
        for (let turn = 0; turn < 72; turn += 1) {
          const x = 1.5 * away * Math.cos((turn * Math.PI) / 36), y = away * Math.sin((turn * Math.PI) / 36);
          if (free(x, y, disc.radius)) { placed.push(Object.assign(disc, { x, y })); break search; }
          if (away === 0) break;
        }
    }
    const spots = new Map();
    for (const disc of placed)
      disc.group.forEach((node, at) => {
        const away = 34 * Math.sqrt(at), turn = at * 2.399963229728653;
        spots.set(node.place, { x: disc.x + away * Math.cos(turn), y: disc.y + away * Math.sin(turn) });
      });
    return { spots, placed };
  }

  // -- the picture

  let cy = null, drawn = "";
  const canvas = byId("canvas");
  const isWide = () => canvas.clientWidth > 560;
  const columns = () => state.scope === AROUND && !isWide();
  // Where a line turns from the gutter to its concept, as Cytoscape.js counts it.
  function corner(edge) {
    const ends = [edge.source(), edge.target()].map((end) => end.position());
    const [dx, dy] = [ends[1].x - ends[0].x, ends[1].y - ends[0].y], far = dx * dx + dy * dy || 1;
    const down = Math.abs(ends[0].x) < Math.abs(ends[1].x);
    return { weight: (down ? dy * dy : dx * dx) / far, distance: ((down ? 1 : -1) * dx * dy) / Math.sqrt(far) };
  }
  const byKind = () => nodes.length > MANY && state.scope === ALL;

  function elements() {
    const made = nodes.map((node) => ({ group: "nodes", data: {
      id: `n${node.place}`, place: node.place, name: cut(node.label, 32), role: node.role || "",
      look: node.look, shape: shapeOf(node.look)[0], form: looks[node.look].shape,
      dot: 10 + 3.2 * Math.sqrt(node.claims.length), ...node.box } }));
    for (const edge of edges)
      made.push({ group: "edges", data: { id: `e${edge.place}`, place: edge.place, source: `n${edge.turned ? edge.to : edge.from}`, target: `n${edge.turned ? edge.from : edge.to}`,
        phrase: cut(edge.phrase, 40), line: edge.line, confidence: edge.confidence } });
    return made;
  }

  function start() {
    readTheme();
    styled = "";
    for (const node of nodes) node.box = box(node);
    cytoscape.warnings(false); // they are for developers
    cy = cytoscape({ container: canvas, elements: elements(), style: styles(), layout: { name: "preset", fit: false },
      minZoom: 0.03, maxZoom: 3, boxSelectionEnabled: false, hideEdgesOnViewport: nodes.length > MANY });
    cy.on("tap", "node", (event) => { const place = event.target.data("place"); if (place !== undefined) choose(nodes[place]); });
    cy.on("tap", "edge", (event) => chooseEdge(edges[event.target.data("place")]));
    cy.on("tap", (event) => { if (event.target === cy) choose(null); });
    cy.on("viewport", () => { window.clearTimeout(naming); naming = window.setTimeout(nameInView, 120); });
  }

  const READABLE = 0.6; // scale below which words get too small
  const FEW = 14; // concepts that can be named in a map that is seen from afar
  let spots = new Map(), naming = 0, farOff = true, across = true;
  function place() {
    const key = [state.scope, state.scope === AROUND && state.chosen ? state.chosen.place : "", isWide()].join(" ");
    if (key === drawn) return;
    drawn = key;
    cy.remove("node.title");
    let inside = nodes.filter(inScope), links = edges.filter(edgeInScope);
    let titles = [];
    if (state.scope === AROUND && state.chosen) spots = fan(state.chosen, inside, isWide());
    else if (byKind()) {
      const map = discs();
      spots = map.spots;
      titles = map.placed.map((disc) => ({ group: "nodes", classes: "title", selectable: false, grabbable: false,
        data: { id: `t${disc.kind}`, label: looks[disc.kind].name, look: disc.kind, form: "", role: "", width: 1, height: 1, shape: "ellipse", dot: 1 },
        position: { x: disc.x, y: disc.y - disc.radius + 4 } }));
    } else {
      // In short as many causes as can be read; else everything that there is.
      for (state.most = Math.max(1, ...nodes.map((node) => node.near)); ; state.most -= 1) {
        inside = nodes.filter(inScope);
        links = edges.filter(edgeInScope);
        // From left to right or from the top down, whichever can be drawn larger.
        const ways = [true, false].map((across) => layered(inside, links, across));
        across = scale(bounds(ways[0])) >= (isWide() ? 0.8 : 1.25) * scale(bounds(ways[1]));
        spots = ways[across ? 0 : 1];
        if (state.scope !== SHORT || state.most <= 1 || scale(bounds(spots)) >= READABLE) break;
      }
    }
    size();
    cy.batch(() => {
      cy.add(titles);
      for (const node of inside) cy.$id(`n${node.place}`).position(spots.get(node.place));
    });
    restyle();
    paint();
    fit();
  }

  let styled = "";
  function restyle() {
    const key = [byKind(), columns() ? drawn : across, state.scope, dark.matches, media("print").matches].join(" ");
    if (key === styled) return;
    styled = key;
    readTheme();
    cy.style(styles());
  }

  // Where the picture ends, in its own coordinates.
  function bounds(where, some = nodes) {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const node of some) {
      const at = where.get(node.place), half = byKind() ? { width: 60, height: 60 } : node.box;
      if (at === undefined) continue;
      left = Math.min(left, at.x - half.width / 2); right = Math.max(right, at.x + half.width / 2);
      top = Math.min(top, at.y - half.height / 2); bottom = Math.max(bottom, at.y + half.height / 2);
    }
    return { left, top, width: right - left, height: bottom - top };
  }
  const tallest = () => Math.max(340, Math.min(760, window.innerHeight * 0.76));
  const scale = (box) => Math.min(1.25, (canvas.clientWidth - 40) / box.width, (tallest() - 40) / box.height);

  // A flat picture gets the whole width, and only the height that it needs.
  function size() {
    const box = bounds(spots);
    document.querySelector(".explorer").classList.toggle("flat", box.width / box.height > 2);
    canvas.style.height = `${Math.round(Math.max(280, Math.min(tallest(), box.height * scale(box) + 60)))}px`;
    cy.resize();
  }

  // In the map of kinds: far off the names of the best connected, near by the names of all in view.
  const hubs = new Set(kinds.flatMap((kind) => {
    const group = nodes.filter((node) => node.look === kind);
    return group.length < 20 ? [] : [...group].filter((node) => node.label.length < 32)
      .sort((a, b) => b.claims.length - a.claims.length || a.place - b.place).slice(0, 1);
  }));
  function nameInView() {
    if (!byKind()) return;
    const view = cy.extent(), close = cy.zoom() > 0.62;
    for (const node of nodes) {
      const at = spots.get(node.place);
      node.named = close && at.x > view.x1 && at.x < view.x2 && at.y > view.y1 && at.y < view.y2;
    }
    farOff = !close;
    paint();
  }

  // What is shown, what stands out and what stands back.
  function paint() {
    const focus = state.chosen;
    const near = new Set(focus === null ? [] : focus.claims.filter(edgeShown).flatMap((edge) => [edge.from, edge.to]));
    if (state.edge !== null) { near.add(state.edge.from); near.add(state.edge.to); }
    const singled = state.scope !== AROUND && (focus !== null || state.edge !== null);
    const searched = state.words !== "";
    const hits = searched ? nodes.filter((node) => shown(node) && matches(node)) : [];
    const told = singled ? near : searched ? new Set(hits.map((node) => node.place)) : new Set([...hubs].map((node) => node.place));
    const named = (node) => byKind() && farOff && told.has(node.place) && told.size <= FEW;
    const set = (thing, id, classes) => {
      const names = Object.keys(classes).filter((name) => classes[name]);
      if (names.join(" ") === thing.classes) return;
      thing.classes = names.join(" ");
      cy.$id(id).classes(names);
    };
    cy.batch(() => {
      for (const node of nodes) {
        const hit = searched && matches(node), close = near.has(node.place) || node === focus;
        set(node, `n${node.place}`, { dot: byKind(), named: byKind() && node.named === true, hub: named(node),
          gone: !shown(node), chosen: node === focus, hit, near: singled && close,
          faint: singled ? !close && !hit : searched && !hit });
      }
      for (const edge of edges) {
        const close = edge === state.edge || (focus !== null && (edge.from === focus.place || edge.to === focus.place));
        set(edge, `e${edge.place}`, { gone: !edgeShown(edge), chosen: edge === state.edge, near: singled && close,
          faint: singled ? !close : searched && !matches(nodes[edge.from]) && !matches(nodes[edge.to]) });
      }
      cy.nodes(".title").forEach((title) => { title.toggleClass("gone", state.off.has(title.data("look"))); });
    });
  }

  function fit() {
    const box = bounds(spots, nodes.filter(shown));
    if (box.width < 0) return;
    const room = { width: canvas.clientWidth, height: canvas.clientHeight };
    const level = Math.min(1.25, (room.width - 40) / box.width, (room.height - 40) / box.height);
    const middle = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
    canvas.dataset.scale = level.toFixed(2);
    cy.stop();
    cy.viewport({ zoom: level, pan: { x: room.width / 2 - level * middle.x, y: room.height / 2 - level * middle.y } });
  }

  function zoom(factor) {
    cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: canvas.clientWidth / 2, y: canvas.clientHeight / 2 } });
  }

  function bring(node) {
    const element = cy.$id(`n${node.place}`);
    if (element.hasClass("gone")) return;
    const at = element.renderedPosition();
    const clear = at.x > 60 && at.y > 40 && at.x < canvas.clientWidth - 60 && at.y < canvas.clientHeight - 40;
    const level = Math.max(cy.zoom(), byKind() ? 0.7 : 0.5);
    if (clear && level === cy.zoom()) return;
    if (still.matches) { cy.zoom(level); cy.center(element); }
    else cy.stop().animate({ zoom: level, center: { eles: element } }, { duration: 250 });
  }

  // -- the list of concepts: one stop of the Tab key, arrows inside

  const list = byId("list");
  let listed = [], current = 0;

  function fillList() {
    listed = order.filter((node) => shown(node) && matches(node));
    if (state.words !== "") listed.sort((a, b) => a.name.includes(state.words) < b.name.includes(state.words) ? 1 : a.name.includes(state.words) > b.name.includes(state.words) ? -1 : 0);
    const seen = listed.slice(0, LISTED), focused = list.contains(document.activeElement);
    list.replaceChildren(...seen.map((node) => make("li", { role: "option", id: `o${node.place}`, tabindex: -1, "aria-selected": String(node === state.chosen) },
      sign(node.look, 14), make("span", { text: cut(node.label, 120) }))));
    const rest = listed.length - seen.length;
    if (rest > 0) list.append(make("li", { class: "more", role: "presentation", text: `… ${rest} more: search for them` }));
    listed = seen;
    current = Math.max(0, listed.indexOf(state.chosen));
    if (list.children.length && listed.length) list.children[current].tabIndex = 0;
    if (focused && listed.length) list.children[current].focus(); // who is in the list stays there
  }

  function moveTo(at, focus = true) {
    if (!listed.length) return;
    list.children[current].tabIndex = -1;
    current = Math.min(listed.length - 1, Math.max(0, at));
    list.children[current].tabIndex = 0;
    if (focus) list.children[current].focus();
  }

  let typed = "", typedAt = 0;
  list.addEventListener("keydown", (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };
    if (event.key in steps) {
      moveTo(Math.min(listed.length - 1, Math.max(0, current + steps[event.key])));
      choose(listed[current], { quiet: true });
    } else if (event.key === "Enter" || event.key === " ") {
      choose(listed[current]);
      byId("panel").focus();
    } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
      typed = event.timeStamp - typedAt < 700 ? typed + fold(event.key) : fold(event.key);
      typedAt = event.timeStamp;
      const found = listed.findIndex((node) => fold(node.label).startsWith(typed));
      if (found >= 0) { moveTo(found); choose(listed[current], { quiet: true }); }
    } else return;
    event.preventDefault();
  });
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) { moveTo([...list.children].indexOf(option)); choose(listed[current]); }
  });

  // -- the panel: all that is told of the chosen concept, or of the chosen claim

  const panel = byId("panel");

  function fillPanel() {
    if (state.edge !== null) panel.replaceChildren(make("h3", { text: "Claim" }), claimEntry(state.edge, null));
    else if (state.chosen !== null) panel.replaceChildren(...conceptEntry(state.chosen));
    else panel.replaceChildren(make("p", { text: "Choose a concept in the list or the picture: what it is, what is claimed of it, and who says so." }));
    panel.scrollTop = 0;
  }

  function conceptEntry(node) {
    const parts = [make("h3", { text: capital(node.label) })];
    if (node.lay && node.lay !== node.label) parts.push(make("p", {}, make("small", { text: `in plain words: ${node.lay}` })));
    const kind = make("p", { class: "swatched" }, sign(node.look, 16), make("small", { text: node.kind + (node.role && node.role !== "step" ? `, here a ${node.role}` : "") }));
    parts.push(kind);
    if (node.definition) parts.push(make("p", { text: node.definition }));
    parts.push(make("p", {}, make("small", {}, link(node.iri, node.id))));
    if (state.scope !== AROUND && node.claims.length)
      parts.push(make("p", {}, make("button", { type: "button", text: "Show what lies around it", on: { click: () => setScope(AROUND) } })));
    const own = node.claims.filter((edge) => edge.from === node.place);
    const about = node.claims.filter((edge) => edge.from !== node.place);
    for (const [title, group] of [["What it does and is", own], ["Said about it", about]])
      if (group.length) parts.push(make("h4", { text: `${title} (${group.length})` }), ...group.map((edge) => claimEntry(edge, node)));
    return parts;
  }

  function claimEntry(edge, from) {
    const entry = make("div", { class: "claim" }, make("p", { text: capital(edge.text) + "." }));
    entry.append(make("p", {}, make("small", { text: `${edge.sure}; confidence ${edge.confidence.toFixed(2)}` })));
    entry.append(make("ul", {}, ...edge.evidence.map(([number, locator, direction]) => {
      const source = sources[number - 1];
      const item = make("li", {}, make("span", { text: direction === "refutes" ? "against: " : "" }));
      item.append(make("a", { href: `#source-${number}`, text: `[${number}]` }), " ", link(source.url, source.title), locator ? `, ${locator}` : "");
      return item;
    })));
    const ends = [edge.from, edge.to].filter((end, at, all) => all.indexOf(end) === at && (from === null || end !== from.place));
    for (const end of ends)
      entry.append(make("p", {}, make("button", { type: "button", class: "link", text: `Go to ${cut(nodes[end].label, 80)}`, on: { click: () => { choose(nodes[end]); panel.focus(); } } })));
    return entry;
  }

  function choose(node, { quiet = false } = {}) {
    state.chosen = node;
    state.edge = null;
    if (node !== null && !shown(node)) {
      if (!wanted(node)) { state.off.delete(node.look); fillKinds(); }
      if (!inScope(node)) { state.scope = state.scope === SHORT ? ALL : state.scope; byId("scope").value = state.scope; }
      update();
    }
    if (state.scope === AROUND) update();
    for (const option of list.querySelectorAll("[role=option]")) option.setAttribute("aria-selected", String(node !== null && option.id === `o${node.place}`));
    const at = listed.indexOf(node);
    if (at >= 0) { moveTo(at, false); list.children[at].scrollIntoView({ block: "nearest" }); }
    fillPanel();
    paint();
    window.history.replaceState(null, "", node === null ? "#picture" : `#${encodeURIComponent(node.id)}`);
    if (node !== null) bring(node);
    if (node !== null && !quiet) tell(`${capital(node.label)}: ${plural(node.claims.length, "claim")}.`);
  }

  function chooseEdge(edge) {
    state.edge = edge;
    state.chosen = state.scope === AROUND ? state.chosen : null;
    fillPanel();
    paint();
    tell(`${capital(edge.text)}.`);
  }

  // -- tools

  const tell = (text) => { byId("status").textContent = text; };

  function fillScope() {
    byId("scope").replaceChildren(...scopes.map(([value, text]) => make("option", { value, text })));
    byId("scope").value = state.scope;
    byId("scope").addEventListener("change", (event) => setScope(event.target.value));
  }

  function setScope(value) {
    if (value === AROUND && state.chosen === null)
      state.chosen = data.centre !== null ? nodes[data.centre] : [...nodes].sort((a, b) => b.claims.length - a.claims.length || a.place - b.place)[0];
    state.scope = value;
    byId("scope").value = value;
    state.edge = null;
    update();
    fillPanel();
  }

  function fillKinds() {
    byId("kinds").replaceChildren(byId("kinds").firstElementChild, ...kinds.map((kind) => make("label", {},
      make("input", { type: "checkbox", value: kind, checked: state.off.has(kind) ? null : "", on: { change: (event) => {
        if (event.target.checked) state.off.delete(kind); else state.off.add(kind);
        update();
      } } }), sign(kind, 16), make("span", { text: `${looks[kind].name} (${nodes.filter((node) => node.look === kind).length})` }))));
  }

  // The shape and the colour of a kind, as a small picture.
  function sign(kind, size) {
    return svg({ width: size, height: size, viewBox: "0 0 16 16" }, [{ d: shapeOf(kind)[1], fill: `var(--fill-${kind})`,
      stroke: `var(--line-${kind})`, "stroke-width": 1.8, "fill-rule": "evenodd" }]);
  }

  function svg(attributes, paths) {
    const draw = (tag, set) => {
      const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
      for (const [name, value] of Object.entries(set)) element.setAttribute(name, value);
      return element;
    };
    const picture = draw("svg", { class: "sign", "aria-hidden": "true", ...attributes });
    picture.append(...paths.map((path) => draw("path", path)));
    return picture;
  }

  // What the lines mean: colour, dashes and head of each sign.
  function legend() {
    const used = new Set(edges.map((edge) => edge.line));
    const dashes = { solid: "none", dashed: "6 4", dotted: "2 3" };
    const lines = Object.entries(LINES).filter(([line]) => used.has(line)).map(([line, [, dash, colour, head]]) => make("li", {}, svg(
      { width: 38, height: 12, viewBox: "0 0 38 12" }, [{ d: "M0 6H31", fill: "none", stroke: `var(${colour})`, "stroke-width": 2, "stroke-dasharray": dashes[dash] },
        { d: head, fill: HOLLOW.includes(line) ? "var(--card)" : `var(${colour})`, stroke: `var(${colour})` }]), make("span", { text: data.lines[line] })));
    document.querySelector(".legend").append(...lines, ...kinds.map((kind) => make("li", {}, sign(kind, 14), make("span", { text: looks[kind].name }))));
  }

  // -- the tables follow search and filter, and sort

  const rows = (id) => [...document.querySelectorAll(`#${id} tbody tr`)];
  let claimRows = rows("claims-table"), conceptRows = rows("concepts-table");
  const pages = { claims: 1, concepts: 1 }, more = {};
  for (const table of Object.keys(pages)) {
    more[table] = make("button", { type: "button", on: { click: () => { pages[table] += 1; filterTables(); } } });
    byId(table).append(make("p", { class: "pages" }, more[table]));
  }
  // A citation is no stop of the Tab key: its source stands in the list.
  for (const cited of document.querySelectorAll("a[href^='#source-']")) cited.tabIndex = -1;

  function filterTables() {
    let count = 0;
    let named = 0;
    for (const row of conceptRows) {
      const node = nodes[Number(row.dataset.place)];
      const fits = wanted(node) && matches(node);
      named += fits ? 1 : 0;
      row.hidden = !fits || named > pages.concepts * PAGE;
    }
    for (const row of claimRows) {
      const edge = edges[Number(row.dataset.place)];
      const ends = [nodes[edge.from], nodes[edge.to]];
      const fits = ends.every(wanted) && (edge.words.includes(state.words) || ends.some(matches));
      count += fits ? 1 : 0;
      row.hidden = !fits || count > pages.claims * PAGE;
    }
    for (const [table, many] of [["claims", count], ["concepts", named]]) {
      byId(`${table}-table`).dataset.fits = many;
      const rest = many - pages[table] * PAGE;
      more[table].hidden = rest <= 0;
      more[table].textContent = `Show ${Math.min(PAGE, rest)} more of ${rest}`;
    }
    return count;
  }

  for (const table of document.querySelectorAll("main > section > table"))
    table.querySelectorAll("thead th").forEach((head, column) => {
      const button = make("button", { type: "button", text: head.textContent, on: { click: () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        table.querySelectorAll("thead th").forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const body = table.tBodies[0];
        const keyed = [...body.rows].map((row) => [fold(row.cells[column].textContent), row]);
        keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0) * (down ? -1 : 1));
        body.replaceChildren(...keyed.map(([, row]) => row));
        claimRows = rows("claims-table");
        conceptRows = rows("concepts-table");
        filterTables();
      } } });
      head.replaceChildren(button);
    });

  function update() {
    place(); // first: how much of the picture can be read says what is in scope
    fillList();
    const claims = filterTables();
    const names = nodes.filter((node) => shown(node) && matches(node)).length;
    byId("kinds-told").textContent = state.off.size ? `(${kinds.length - state.off.size} of ${kinds.length} shown)` : "";
    paint();
    const few = state.scope === SHORT && state.most < Math.max(...nodes.map((node) => node.near)) ? " Only the first causes fit here; “everything” holds all." : "";
    const like = state.like !== null && state.like.size ? " Nothing is spelt so; this is what is spelt like it." : "";
    tell(`${plural(names, "concept")} ${state.words ? "found" : "in the picture"}, ${plural(claims, "claim")} in the table.${few}${like}`);
  }

  let waiting = 0;
  byId("search").addEventListener("input", (event) => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => { search(event.target.value); update(); }, 120);
  });
  byId("search").addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    window.clearTimeout(waiting);
    search(event.target.value);
    update();
    if (listed.length) choose(listed[0]);
  });
  byId("all-kinds").addEventListener("click", () => { state.off.clear(); fillKinds(); update(); });
  byId("no-kinds").addEventListener("click", () => { kinds.forEach((kind) => state.off.add(kind)); fillKinds(); update(); });
  byId("closer").addEventListener("click", () => zoom(1.3));
  byId("farther").addEventListener("click", () => zoom(1 / 1.3));
  byId("fit").addEventListener("click", () => fit());
  canvas.addEventListener("keydown", (event) => {
    const moves = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
    if (event.key in moves) cy.panBy({ x: moves[event.key][0], y: moves[event.key][1] });
    else if (event.key === "+" || event.key === "=") zoom(1.3);
    else if (event.key === "-") zoom(1 / 1.3);
    else if (event.key === "0") fit();
    else if (event.key === "Escape") choose(null);
    else return;
    event.preventDefault();
  });

  function repaint() { restyle(); }
  // The wheel scrolls the page until somebody works in the picture.
  canvas.addEventListener("wheel", (event) => { if (!event.ctrlKey && document.activeElement !== canvas) event.stopPropagation(); }, { capture: true });
  canvas.addEventListener("pointerdown", () => canvas.focus({ preventScroll: true }));
  dark.addEventListener("change", repaint);
  window.addEventListener("beforeprint", repaint);
  window.addEventListener("afterprint", repaint);

  // The text is there to be read before the picture is drawn.
  window.requestAnimationFrame(() => window.setTimeout(() => {
    const pointed = nodes.find((node) => node.id === decodeURIComponent(window.location.hash.slice(1)));
    if (data.centre !== null) state.chosen = nodes[data.centre];
    start();
    fillScope();
    fillKinds();
    legend();
    fillPanel();
    update();
    if (pointed !== undefined) choose(pointed);
    new ResizeObserver(() => {
      const { most } = state;
      cy.resize();
      place();
      if (state.most !== most) update();
    }).observe(canvas);
    document.documentElement.dataset.ready = "yes";
  }));
})();

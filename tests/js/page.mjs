// Opens a page in Chromium, uses it as a person would, and prints what it saw as JSON.
// Usage: node page.mjs CHROMIUM FILE '{"width": 320, "scheme": "dark", "do": ["axe", "keyboard"]}'
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [, , executablePath, file, options] = process.argv;
const { width = 1280, height = 900, scheme = "light", javascript = true, do: wanted = [] } = JSON.parse(options);
const seen = { messages: [], requests: [], dialogs: 0 };

const steps = {
  async axe(page) {
    const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
    await page.evaluate(source);
    await page.evaluate(() => { document.getElementById("kinds-box").open = true; });
    const found = await page.evaluate(() => globalThis.axe.run(document));
    seen.passes = found.passes.length;
    seen.faults = found.violations.map((fault) => ({ id: fault.id, impact: fault.impact, where: fault.nodes.slice(0, 3).map((node) => node.target.join(" ")) }));
  },

  async keyboard(page) {
    const focused = () => page.evaluate(() => {
      const at = document.activeElement, style = getComputedStyle(at);
      return { id: at.id, tag: at.tagName, role: at.getAttribute("role"), ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2, text: at.textContent.slice(0, 40) };
    });
    seen.tabs = [];
    await page.keyboard.press("Tab");
    seen.skip = await focused();
    await page.keyboard.press("Enter");
    seen.skipped = await focused();
    for (let at = 0; at < 400; at += 1) {
      await page.keyboard.press("Tab");
      const now = await focused();
      if (now.tag !== "A") seen.tabs.push(now);
      if (now.id === "search") seen.toSearch = at + 1;
      if (now.role === "option") break;
    }
    const chosen = () => page.evaluate(() => [...document.querySelectorAll("[role=option][aria-selected=true]")].map((o) => o.textContent));
    await page.keyboard.press("ArrowDown");
    seen.afterDown = { focused: await focused(), chosen: await chosen() };
    await page.keyboard.press("End");
    seen.afterEnd = await focused();
    await page.keyboard.press("Home");
    seen.stops = await page.evaluate(() => document.querySelectorAll("[role=option][tabindex='0']").length);
    await page.keyboard.press("Enter");
    seen.panel = await page.evaluate(() => ({ focused: document.activeElement.id, title: document.querySelector("#panel h3").textContent, links: [...document.querySelectorAll("#panel a[href^='http']")].length, text: document.querySelector("#panel").textContent }));
    const before = await page.locator("#canvas").screenshot();
    await page.locator("#canvas").focus();
    await page.keyboard.press("ArrowLeft");
    await page.waitForTimeout(400);
    seen.moved = !before.equals(await page.locator("#canvas").screenshot());
  },

  async search(page) {
    const count = () => page.evaluate(() => ({
      listed: [...document.querySelectorAll("#list [role=option]")].map((option) => option.textContent),
      claims: Number(document.getElementById("claims-table").dataset.fits),
      rows: [...document.querySelectorAll("#claims-table tbody tr")].filter((row) => !row.hidden).length,
      status: document.getElementById("status").textContent }));
    const picture = async () => { await page.waitForTimeout(500); return page.locator("#canvas").screenshot(); };
    seen.before = await count();
    const first = await picture();
    await page.fill("#search", JSON.parse(options).words);
    const second = await picture();
    seen.found = await count();
    seen.searchPainted = !first.equals(second);
    await page.keyboard.press("Enter");
    seen.foundChosen = await page.evaluate(() => document.querySelector("#panel h3").textContent);
    await page.fill("#search", JSON.parse(options).misspelt);
    await page.waitForTimeout(300);
    seen.misspelt = await count();
    await page.fill("#search", "");
    await page.waitForTimeout(300);
    await page.evaluate(() => { document.getElementById("kinds-box").open = true; });
    const third = await picture();
    await page.locator("#kinds label", { hasText: JSON.parse(options).kind }).locator("input").uncheck();
    seen.filterPainted = !third.equals(await picture());
    seen.filtered = await count();
    await page.click("#no-kinds");
    seen.none = await count();
    await page.click("#all-kinds");
    seen.all = await count();
  },

  async sort(page) {
    const confidences = () => page.evaluate(() => [...document.querySelectorAll("#claims-table tbody td[data-title=Confidence]")].map((cell) => Number(cell.textContent)));
    await page.locator("#claims-table thead button").nth(2).click();
    seen.ascending = await confidences();
    await page.locator("#claims-table thead button").nth(2).click();
    seen.descending = await confidences();
    seen.sorted = await page.locator("#claims-table thead th").nth(2).getAttribute("aria-sort");
  },

  async scopes(page) {
    seen.scopes = [];
    for (const value of await page.locator("#scope option").evaluateAll((all) => all.map((option) => option.value))) {
      await page.selectOption("#scope", value);
      seen.scopes.push([value, await page.locator("#list [role=option]").count()]);
    }
  },

  async intrude(page) {
    seen.intrusion = await page.evaluate(async () => {
      const told = {};
      try { await fetch("https://example.org/"); told.fetched = true; } catch { told.fetched = false; }
      try { const script = document.createElement("script"); script.textContent = "window.intruded = 1"; document.body.append(script); } catch { told.refused = true; }
      const image = document.createElement("img");
      try { image.setAttribute("onerror", "window.intruded = 2"); } catch { told.handler = "refused"; }
      image.src = "https://example.org/a.png";
      document.body.append(image);
      await new Promise((done) => setTimeout(done, 300));
      return { ...told, intruded: window.intruded ?? null };
    });
  },

  async print(page) {
    await page.emulateMedia({ media: "print" });
    const visible = (where) => page.locator(where).first().isVisible();
    seen.print = { tools: await visible(".tools"), text: await visible("#explanation"), table: await visible("#claims-table tbody tr") };
    const pdf = (await page.pdf({ format: "A4" })).toString("latin1");
    seen.pages = pdf.match(/\/Type\s*\/Page[^s]/g).length;
  },
};

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
try {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, javaScriptEnabled: javascript, reducedMotion: "reduce" });
  const page = await context.newPage();
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) seen.messages.push(message.text()); });
  page.on("pageerror", (error) => seen.messages.push(String(error)));
  page.on("request", (request) => seen.requests.push(request.url()));
  page.on("dialog", (dialog) => { seen.dialogs += 1; dialog.dismiss(); });
  const address = pathToFileURL(file).href;
  const start = Date.now();
  await page.goto(address);
  if (javascript) await page.waitForSelector("html[data-ready]", { timeout: 120000 });
  seen.ready = Date.now() - start;
  seen.leaving = seen.requests.filter((url) => url !== address);
  seen.title = await page.title();
  if (javascript) {
    seen.scale = await page.evaluate(() => Number(document.getElementById("canvas").dataset.scale));
    seen.widths = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    seen.owned = await page.evaluate(() => window.owned ?? null);
    seen.background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  }
  seen.visible = {};
  for (const part of ["#explanation", "#picture", "#canvas canvas", "#claims-table tbody tr", "#concepts-table tbody tr", "noscript p"])
    seen.visible[part] = await page.locator(part).first().isVisible();
  for (const step of wanted) await steps[step](page);
  if (!wanted.includes("intrude")) seen.leaving = seen.requests.filter((url) => url !== address);
} finally {
  await browser.close();
}
process.stdout.write(JSON.stringify(seen));

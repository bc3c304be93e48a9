// Uses the SPARQL editor in Chromium as a person would, and prints what it saw as JSON.
// Usage: node sparql.mjs CHROMIUM ADDRESS '{"query": "SELECT …"}'
import { chromium } from "playwright-core";

const [, , executablePath, address, options] = process.argv;
const { query } = JSON.parse(options);
const seen = { messages: [], foreign: [] };

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
try {
  const page = await browser.newPage({ viewport: { width: 1000, height: 900 } });
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) seen.messages.push(message.text()); });
  page.on("pageerror", (error) => seen.messages.push(String(error)));
  page.on("request", (request) => { if (!/^(data:|blob:)/.test(request.url()) && !request.url().startsWith(address)) seen.foreign.push(request.url()); });
  await page.goto(`${address}sparql`);
  await page.waitForSelector("#editor .CodeMirror");
  const editor = page.locator("#editor .CodeMirror").first();
  const text = () => editor.evaluate((box) => box.CodeMirror.getValue());
  const run = async () => {
    // The table of the query before stands until the answer comes.
    await page.evaluate(() => document.querySelectorAll("#editor .dataTable").forEach((table) => table.classList.add("seen-before")));
    await page.locator("#editor .yasqe_queryButton").first().click();
    await page.waitForSelector("#editor .dataTable:not(.seen-before) tbody tr");
    return page.locator("#editor .dataTable tbody").innerText();
  };
  seen.begin = await text();
  await page.locator("a[data-query=kinds]").click();
  seen.ready = await text();
  seen.kinds = await run();
  await editor.evaluate((box, value) => box.CodeMirror.setValue(value), query);
  seen.rows = await run();
  await editor.evaluate((box) => { box.CodeMirror.setValue(""); box.CodeMirror.focus(); });
  // The prefix is declared by itself, from those of the graph.
  await page.keyboard.type("SELECT * { ft:", { delay: 30 });
  await page.keyboard.type("caffe", { delay: 30 });
  seen.typed = await text();
  await page.keyboard.press("Control+Space");
  await page.waitForSelector(".CodeMirror-hints li");
  seen.offered = await page.locator(".CodeMirror-hints li").allInnerTexts();
  seen.stored = await page.evaluate(() => Object.keys(localStorage).length);
  if (process.env.KG_SHOT) await page.screenshot({ path: process.env.KG_SHOT, fullPage: false });
} catch (error) {
  seen.messages.push(String(error));
  if (process.env.KG_SHOT) await browser.contexts()[0].pages()[0].screenshot({ path: process.env.KG_SHOT });
} finally {
  await browser.close();
}
process.stdout.write(JSON.stringify(seen));

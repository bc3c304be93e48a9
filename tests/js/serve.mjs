// Uses the served page in Chromium as a person would, and prints what it saw as JSON.
// Usage: node serve.mjs CHROMIUM ADDRESS '{"width": 1280, "scheme": "light", "javascript": true}'
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const [, , executablePath, address, options] = process.argv;
const { width = 1280, scheme = "light", javascript = true } = JSON.parse(options);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
// Two busy cores, and a page of a hundred kilobytes: what comes at all comes within this.
const PATIENCE = 60_000;
const seen = { messages: [], foreign: [], addresses: [], faults: [], widths: [] };

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
try {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, javaScriptEnabled: javascript, reducedMotion: "reduce", acceptDownloads: true });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) seen.messages.push(message.text()); });
  page.on("pageerror", (error) => seen.messages.push(String(error)));
  page.on("request", (request) => { if (!/^(data:|blob:)/.test(request.url()) && !request.url().startsWith(address)) seen.foreign.push(request.url()); });
  const press = (name) => page.getByRole("button", { name, exact: true }).first().click();
  const words = (where) => page.locator(where).first().innerText();
  const look = async (stage) => {
    seen.addresses.push(page.url().slice(address.length));
    if (!javascript) return;
    seen.widths.push(await page.evaluate(() => document.documentElement.scrollWidth));
    await page.evaluate(axe).catch(() => undefined);
    const found = await page.evaluate(() => globalThis.axe?.run({ exclude: ["#claims"] }, { resultTypes: ["violations"] }));
    for (const fault of found?.violations ?? []) seen.faults.push(`${stage}: ${fault.id} at ${fault.nodes[0].target.join(" ")}`);
  };

  await page.goto(address);
  await look("start");
  await page.fill("#text", "I drink three espressos a day");
  if (javascript) await page.locator(".kg-map a[data-at='ft:nostril']").first().click();
  else await press("Nostril");
  await page.waitForSelector(".at");
  seen.kept = await page.inputValue("#text");
  seen.offered = await page.locator(".at button").allInnerTexts();
  await press(seen.offered[0]);
  await page.waitForSelector("#explanation");
  await look("answer");
  seen.answer = await words("#explanation");
  seen.focus = await page.evaluate(() => document.activeElement.id).catch(() => null);
  await page.locator(".question button[name=yes]").first().click();
  await page.waitForFunction((before) => document.getElementById("explanation")?.innerText !== before, seen.answer).catch(() => undefined);
  await page.waitForSelector("#explanation");
  seen.more = await words("#explanation");
  await press("Show pictures");
  await page.waitForSelector("figure img");
  seen.pictures = await page.locator("figure img").evaluateAll((all) => Promise.all(all.map((one) => one.decode().then(() => one.naturalWidth > 0, () => false)))).catch(() => []);
  // A button stays where it is while pictures come and tables are scrolled to: a finger on it hits it.
  const place = () => page.getByRole("button", { name: "Download", exact: true }).evaluate((button) => new Promise((tell) => requestAnimationFrame(() => setTimeout(() => tell(Math.round(button.getBoundingClientRect().top + scrollY))))));
  if (javascript) {
    seen.moved = [await place()];
    await page.evaluate(() => scrollTo({ top: document.body.scrollHeight, behavior: "instant" }));
    seen.moved.push(await place());
  }
  await look("pictures");
  await page.selectOption("#format", "turtle");
  const waiting = page.waitForEvent("download");
  await press("Download");
  seen.file = (await waiting).suggestedFilename();
  await press("How soon a doctor is needed");
  await page.waitForSelector("#about");
  seen.about = await words(".card");
  await look("change");
  await press("Back to the answer");
  await page.waitForSelector("#explanation");
  await press("Compare");
  await page.waitForSelector("#about");
  seen.why = await words(".card");
  if (javascript) {
    // What was shown is there again, with nothing of it in an address.
    await page.goBack();
    await page.waitForSelector("#explanation");
    for (let at = 0; at < 6; at += 1) await page.goBack();
    seen.first = [await page.locator("#explanation").count(), await page.inputValue("#text")];
    await page.keyboard.press("Control+Home");
    seen.stops = [];
    await page.evaluate(() => document.activeElement.blur());
    for (let at = 0; at < 60; at += 1) {
      await page.keyboard.press("Tab");
      const now = await page.evaluate(() => { const at = document.activeElement, style = getComputedStyle(at); return { what: at.id || at.innerText, ring: style.outlineStyle !== "none" }; });
      if (!now.ring) seen.stops.push(`no ring at ${now.what}`);
      if (now.what === "question") { seen.reached = true; break; }
    }
    await page.fill("#question", "which nerve moves the mentalis?");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".card");
    seen.reply = await words(".card");
    await look("reply");
    await page.emulateMedia({ media: "print" });
    seen.print = [await page.locator(".card").isVisible(), await page.locator("#tell").isVisible()];
    await page.emulateMedia({ media: "screen" });
    await page.goto(`${address}caffeine`);
    await look("concept");
    seen.dark = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  }
} catch (error) {
  const page = browser.contexts()[0]?.pages()[0];
  const shown = await page?.locator("#main").innerText({ timeout: 5_000 }).catch(String);
  console.error(`At ${page?.url()}, messages ${JSON.stringify(seen.messages)}, shown:\n${shown?.slice(0, 4_000)}\n`);
  throw error;
} finally {
  await browser.close();
}
process.stdout.write(JSON.stringify(seen));

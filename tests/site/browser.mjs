// Drives a site in a headless browser: search, filters, deep links, hostile pages, no JavaScript, 360 px, keyboard, contrast.
//
//   npm install puppeteer-core axe-core        (anywhere above this file, or NODE_PATH)
//   cargo build && node tests/site/browser.mjs [SHOTS]
//
// It makes a site of the pages in `tests/mentoring` and of a hostile one, and opens it from the disk. With SHOTS, pictures are
// put into that folder. BROWSER_PATH names the browser (chromium, chrome or firefox). Without a browser or the packages it says
// so and ends with status 77, which test runners take for "skipped". No part of `cargo test`.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const root = resolve(import.meta.dirname, "../..");
const require = createRequire(import.meta.url);
const skip = (why) => {
  console.error(`SKIPPED: ${why}; nothing was tested`);
  process.exit(77);
};
const needed = (name) => {
  try { return require(name); } catch { return skip(`the package ${name} is not installed`); }
};
const puppeteer = needed("puppeteer-core");
const axe = readFileSync((needed("axe-core"), require.resolve("axe-core/axe.min.js")), "utf8");
const known = ["/usr/bin/chromium", "/usr/bin/google-chrome", "/usr/bin/chromium-browser", "/usr/bin/firefox-esr", "/usr/bin/firefox"];
const executablePath = process.env.BROWSER_PATH ?? known.find(existsSync) ?? skip("there is no chromium, chrome or firefox");
const isFirefox = /firefox/.test(executablePath);
const ideas = process.env.IDEAS ?? join(root, "target/debug/ideas");
if (!existsSync(ideas)) skip(`${ideas} is not built`);

// --- The site ---------------------------------------------------------------------------------------------------------------

const folder = mkdtempSync(join(tmpdir(), "ideas-site-"));
const hostile = "<script>window.pwned = 1</script><img src=x onerror='window.pwned = 1'>\"'><svg onload='window.pwned = 1'>";
writeFileSync(join(folder, "hostile.json"), JSON.stringify([{
  id: "x", title: `Hostile ${hostile}`, organization: `Org, Inc ${hostile}`, project: null, program: "gsoc", term: "2026",
  summary: null,
  description: `${hostile}\n\n[click](javascript:window.pwned=1) <style>*{display:none}</style>` +
    "<meta http-equiv=refresh content='0;url=https://evil.example/'><iframe src=https://evil.example></iframe>" +
    "\n\n![pixel](https://evil.example/pixel.png) ada@example.org, ada (at) example (dot) org, gebirgsbach, smørrebrød, हिन्दी",
  outcomes: [hostile], skills: ["Rust", hostile], tags: ["rust"],
  mentors: [{ name: `Ada ${hostile}`, github: null, email: "ada@example.org", lfid: null, role: null }],
  difficulty: ["easy"], hours: [90], upstream: ["javascript:window.pwned=1"], links: ["https://example.org/a"],
  technologies: [], status: null, prerequisites: null, proposal: null, source: { path: "x.md", url: "https://example.org/x", line: 1 },
}]));
const out = join(folder, "site");
const made = process.env.CATALOG ? [process.env.CATALOG] : [join(root, "tests/mentoring")];
const catalogs = [...made, join(folder, "hostile.json")].flatMap((path) => ["--catalog", path]);
execFileSync(ideas, [...catalogs, "site", "--out", out, "-q"], { env: { ...process.env, IDEAS_TODAY: "2026-02-20" } });
const page = (path) => pathToFileURL(join(out, path)).href;

// --- What went wrong --------------------------------------------------------------------------------------------------------

const faults = [];
const check = (name, good, seen = "") => {
  console.log(`${good ? "ok  " : "FAIL"} ${name}${good ? "" : `: ${JSON.stringify(seen)}`}`);
  if (!good) faults.push(name);
};

const browser = await puppeteer.launch({
  browser: isFirefox ? "firefox" : "chrome", executablePath, headless: true, args: isFirefox ? [] : ["--no-sandbox"],
});
const open = async (url, { script = true, width = 1200, dark = false } = {}) => {
  const tab = await browser.newPage();
  tab.requests = [];
  tab.errors = [];
  tab.on("request", (request) => tab.requests.push(request.url()));
  tab.on("pageerror", (error) => tab.errors.push(String(error)));
  tab.on("console", (message) => { if (message.type() === "error") tab.errors.push(message.text()); });
  // Firefox cannot be told these, or not in every version.
  if (!isFirefox) {
    await tab.setViewport({ width, height: 800 });
    await tab.setJavaScriptEnabled(script);
    await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }]);
  }
  await tab.goto(url);
  return tab;
};
const count = (tab) => tab.$eval("#count", (count) => count.textContent);
const titles = (tab) => tab.$$eval("#results li > a", (links) => links.map((link) => link.textContent));
const pause = (ms = 500) => new Promise((done) => setTimeout(done, ms));
const settled = async (tab, test) => {
  for (let tries = 0; tries < 40; tries++) {
    if (test(await count(tab))) return true;
    await pause(50);
  }
  return false;
};

try {
  // Search, from titles and from texts.
  let tab = await open(page("index.html"));
  check("the search is there", await settled(tab, (text) => /^\d[\d,]* ideas$/.test(text)), await count(tab));
  const all = await count(tab);
  await tab.type("#q", "hostile");
  check("a word of a title is found", await settled(tab, (text) => text.startsWith("1 of")), await count(tab));
  check("… and is in the address", (await tab.evaluate(() => location.hash)) === "#q=hostile", tab.url());
  await tab.$eval("#q", (q) => { q.value = ""; });
  await tab.type("#q", "gebirgsb");
  check("the beginning of a word of a text is found", await settled(tab, (text) => text.startsWith("1 of")), await count(tab));
  for (const word of ["smørrebrød", "SMORREBROD", "हिन्दी"]) {
    await tab.$eval("#q", (q) => { q.value = ""; });
    await tab.type("#q", word);
    check(`${word} is found`, await settled(tab, (text) => text.startsWith("1 of")), await count(tab));
  }
  await tab.type("#q", " -rust");
  check("an excluded word excludes", await settled(tab, (text) => text.startsWith("None of")), await count(tab));
  await tab.$eval("#q", (q) => { q.value = ""; q.dispatchEvent(new Event("input")); });
  check("without words all are there", await settled(tab, (text) => text === all), await count(tab));

  // Filters, by keyboard.
  await tab.select("#f-skill", "rust");
  check("a filter narrows", await settled(tab, (text) => / of /.test(text)), await count(tab));
  check("… and is in the address", (await tab.evaluate(() => location.hash)) === "#skill=rust", await tab.evaluate(() => location.hash));
  const rust = (await titles(tab)).length;
  await tab.select("#f-hours", "..90");
  check("two filters narrow more", await settled(tab, (text) => parseInt(text, 10) <= rust && / of /.test(text)));
  const shared = await tab.evaluate(() => location.hash);
  await tab.focus("#chosen button");
  await tab.keyboard.press("Enter");
  check("a filter is taken away with a key", await settled(tab, (text) => parseInt(text, 10) === rust), await count(tab));
  await tab.evaluate(() => { location.hash = ""; });
  await settled(tab, (text) => text === all);
  const comma = await tab.$$eval("#f-organization option", (options) => options.map((one) => one.value).find((value) => value.includes(",")));
  await tab.select("#f-organization", comma);
  await settled(tab, (text) => text.startsWith("1 of"));
  await tab.reload();
  check("a name with a comma can be shared", await settled(tab, (text) => text.startsWith("1 of")), await tab.evaluate(() => location.hash));
  check("no request leaves the disk", tab.requests.every((url) => /^(file|data):/.test(url)), tab.requests);
  check("nothing is blocked or broken", tab.errors.length === 0, tab.errors);
  await tab.close();

  // Addresses that somebody sent.
  for (const [hash, test] of [
    [shared, (text) => / of /.test(text)],
    ["#q=hostile&skill=rust&hours=..90&difficulty=easy", (text) => text.startsWith("1 of")],
    ["?skill=rust,go&program=gsoc&term=2026", (text) => / of /.test(text)],
    ["#skill=cobol%3Cscript%3E", (text) => text.startsWith("None of")],
    ["#q=%3Cimg+src%3Dx+onerror%3Dwindow.pwned%3D1%3E", (text) => / of /i.test(text)],
  ]) {
    tab = await open(page("index.html") + hash);
    check(`the address ${hash} answers`, await settled(tab, test), await count(tab));
    check("… and runs nothing", (await tab.evaluate(() => window.pwned)) === undefined && tab.errors.length === 0, tab.errors);
    await tab.close();
  }

  // The hostile idea, from the list to its page.
  tab = await open(page("index.html") + "#q=hostile");
  await settled(tab, (text) => text.startsWith("1 of"));
  await Promise.all([tab.waitForNavigation(), tab.click("#results li > a")]);
  await pause();
  const seen = await tab.evaluate(() => ({
    pwned: window.pwned, shown: getComputedStyle(document.querySelector("article")).display, text: document.documentElement.outerHTML,
    links: [...document.links].map((link) => link.protocol),
  }));
  check("a hostile page runs nothing", seen.pwned === undefined && tab.url().startsWith("file:"), tab.url());
  check("… hides nothing", seen.shown === "block", seen.shown);
  check("… links to the web only", seen.links.every((protocol) => ["file:", "https:", "http:"].includes(protocol)), seen.links);
  check("… shows no address", !/example\.org["<, ]*\bada|ada@|ada \(at\)/.test(seen.text));
  check("… asks nobody", tab.requests.every((url) => /^(file|data):/.test(url)), tab.requests);
  check("… breaks no policy", tab.errors.length === 0, tab.errors);
  const idea = tab.url();
  await tab.close();

  // Without JavaScript: from the index over a list to an idea.
  if (!isFirefox) {
    tab = await open(page("index.html"), { script: false });
    const hrefs = async () => tab.$$eval("main a", (links) => links.map((link) => link.getAttribute("href")));
    check("without JavaScript ideas and lists are there",
      await hrefs().then((all) => ["ideas/", "skills/", "terms/", "organizations/"].every((start) => all.some((href) => href.startsWith(start)))));
    check("… and no search that cannot answer", (await tab.$eval("#search", (form) => getComputedStyle(form).display)) === "none");
    await Promise.all([tab.waitForNavigation(), tab.click('main a[href^="skills/"]')]);
    await Promise.all([tab.waitForNavigation(), tab.click("ol.ideas a")]);
    check("a list leads to an idea", (await tab.$$("article h1")).length === 1);
    await tab.close();
  }

  // The keyboard's way: skip link, search, filters, results.
  tab = await open(page("index.html"));
  await settled(tab, (text) => text === all);
  await tab.keyboard.press("Tab");
  check("the first key reaches the skip link", (await tab.evaluate(() => document.activeElement.className)) === "skip");
  check("… which is seen then", (await tab.evaluate(() => document.activeElement.getBoundingClientRect().left >= 0)));
  await tab.keyboard.press("Enter");
  await tab.keyboard.press("Tab");
  check("behind it comes the search", (await tab.evaluate(() => document.activeElement.id)) === "q", await tab.evaluate(() => document.activeElement.outerHTML));
  const stops = [];
  for (let step = 0; step < 12; step++) {
    await tab.keyboard.press("Tab");
    stops.push(await tab.evaluate(() => document.activeElement.id || document.activeElement.tagName));
  }
  check("then the filters and the results", stops.includes("f-skill") && stops.includes("A"), stops);
  await tab.close();

  // Every kind of page: labels, landmarks, contrast, nothing wider than a phone.
  const shots = process.argv[2];
  if (shots) mkdirSync(shots, { recursive: true });
  const one = execFileSync("sh", ["-c", `ls "${out}/ideas" | head -1`], { encoding: "utf8" }).trim();
  const kinds = { index: page("index.html"), idea: page(`ideas/${one}`), hostile: idea, skills: page("skills.html"), all: page("all.html"), list: page("skills/rust.html") };
  for (const [kind, url] of Object.entries(kinds)) {
    for (const [width, dark] of isFirefox ? [[1200, false]] : [[360, false], [360, true], [1200, false], [1200, true]]) {
      tab = await open(url, { width, dark });
      await pause();
      if (kind === "index" && width === 360) await tab.$eval("#filters", (details) => { details.open = true; });
      const wide = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      check(`${kind} fits ${width} px${dark ? ", dark" : ""}`, wide <= 0, wide);
      if (shots) await tab.screenshot({ path: join(shots, `${kind}-${width}-${dark ? "dark" : "light"}.png`), fullPage: kind !== "all" });
      // The checker is ours, not the page's: it comes in by the debugger, which no policy stops.
      await tab.evaluate(axe);
      const found = await tab.evaluate(async () => {
        const found = await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
        return found.violations.map((fault) => `${fault.id}: ${fault.nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(" | ")}`);
      });
      check(`… and is accessible`, found.length === 0, found);
      await tab.close();
    }
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
console.log(faults.length ? `${faults.length} checks failed` : "all checks passed");
process.exit(faults.length ? 1 : 0);

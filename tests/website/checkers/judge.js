// Addresses, categories and Chromium's path as JSON on standard input → one Lighthouse report a line.
// All pages are loaded one after another in one Chromium with a fresh profile.
import { readFileSync } from "node:fs";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const { chromium, addresses, categories } = JSON.parse(readFileSync(0, "utf8"));
const chrome = await launch({ chromePath: chromium, chromeFlags: FLAGS });
try {
  for (const address of addresses) {
    const { lhr } = await lighthouse(address, {
      port: chrome.port, onlyCategories: categories, logLevel: "error", disableFullPageScreenshot: true,
    });
    process.stdout.write(JSON.stringify(lhr) + "\n");
  }
} finally {
  chrome.kill();
}

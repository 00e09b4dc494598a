// A feed on standard input → what Podcast Index reads out of it, as JSON.
import { readFileSync } from "node:fs";
import partytime from "podcast-partytime";

const feed = partytime.parseFeed(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(feed));

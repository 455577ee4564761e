// node numbers_in_node.mjs FOLDER: reads wanted.json and what it names from the folder, and writes
// what was found beside it.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { run } from "./numbers.mjs";

const folder = process.argv[2];
const load = async (name) => new Uint8Array(await readFile(join(folder, name))).buffer;
const wanted = JSON.parse(await readFile(join(folder, "wanted.json"), "utf8"));
for (const [name, numbers] of Object.entries(await run(load, wanted))) {
  await writeFile(join(folder, `${name}.found`), numbers);
}

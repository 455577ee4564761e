// The same numbers as Python's? What the two modules make of drawings, images and networks, in Node
// or a browser: tests/same_numbers.py runs it and compares.
import { fromStrokes, toMnist } from "../../../ui/widgets/live_reader/mnist_image.js";
import { read, unpack } from "../../../ui/widgets/live_reader/network.js";

const PIXELS = 784;

/**
 * @param {(name: string) => Promise<ArrayBuffer>} load  drawings, images: bytes; networks: their file
 * @param {{ drawings: Record<string, number>, read: string[], networks: string[],
 *   strokes?: { strokes: number[][][], brush: number }[] }} wanted  the
 *   side of each batch of square drawings, which of them are read, and by whom
 * @returns {Promise<Record<string, Float32Array>>} prepared drawings, and probabilities: of the
 *   images, then of the prepared drawings that are read
 */
export async function run(load, wanted) {
  const bytes = async (name) => new Uint8Array(await load(name));
  const found = {};
  const seen = [Float32Array.from(await bytes("images"), (value) => value / 255)];
  for (const [name, side] of Object.entries(wanted.drawings)) {
    const drawings = await bytes(name);
    const count = drawings.length / (side * side);
    found[name] = new Float32Array(count * PIXELS);
    for (let i = 0; i < count; i++) {
      const values = drawings.subarray(i * side * side, (i + 1) * side * side);
      const image = toMnist({ width: side, height: side, values });
      // Python would have said that the drawing is blank.
      found[name].set(image ?? new Float32Array(PIXELS).fill(NaN), i * PIXELS);
    }
    if (wanted.read.includes(name)) seen.push(found[name]);
  }
  for (const [number, { strokes, brush }] of (wanted.strokes ?? []).entries()) {
    found[`strokes-${number}`] = fromStrokes(strokes, brush) ?? new Float32Array(PIXELS);
  }
  for (const name of wanted.networks) {
    const network = unpack(await load(name));
    found[name] = Float32Array.from(seen.flatMap((images) => answers(network, images)));
  }
  return found;
}

function answers(network, images) {
  const said = [];
  for (let at = 0; at < images.length; at += PIXELS) {
    said.push(...read(network, images.subarray(at, at + PIXELS)));
  }
  return said;
}

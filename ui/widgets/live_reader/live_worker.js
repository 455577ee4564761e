// @ts-check
// Where live_reader.js has its network run: beside the page, so that no line waits for an answer.

/** @type {any} */ let image;
/** @type {any} */ let reader;
/** @type {any} */ let network;

onmessage = async ({ data }) => {
  try {
    postMessage(data.weights ? await open(data) : answer(data));
  } catch (error) {
    postMessage({ problem: String(error) });
  }
};

// The weights' address changes with what they are, so a copy the browser has kept is the right one.
/** @param {any} wanted */
async function open({ modules, weights, digest, model }) {
  [image, reader] = await Promise.all(modules.map((/** @type {string} */ url) => import(url)));
  const response = await fetch(weights, { cache: "force-cache" });
  if (!response.ok) throw new Error(`the weights are not there (${response.status})`);
  const file = await response.arrayBuffer();
  // Browsers do not sum up what came over plain http from another machine.
  if (crypto.subtle) {
    const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", file));
    const found = Array.from(sum, (byte) => byte.toString(16).padStart(2, "0")).join("");
    if (found !== digest) throw new Error("the weights are not what the server sent");
  }
  network = reader.unpack(file);
  if (network.model !== model) throw new Error("these are the weights of another network");
  return { ready: true };
}

/** @param {any} drawn  the strokes, or where they are not known, the pixels */
function answer({ strokes, brush, pixels, side, layers }) {
  const seen = strokes ? image.fromStrokes(strokes, brush) : fromPixels(pixels, side);
  if (!seen) return {};
  /** @type {any[]} */
  const results = [];
  const look = (/** @type {any} */ { layer, shape }, /** @type {Float32Array} */ values) => {
    if (layers && layer.type !== "Flatten") results.push({ type: layer.type, shape, values: values.slice() });
  };
  // One look: the pen does not wait. The server, which has the last word, looks as often as the network does.
  const chances = reader.read(network, seen, look, 1);
  return { seen, results, chances: reader.calibrated(chances, network.temperature) };
}

/** @param {Uint8ClampedArray} pixels @param {number} side */
function fromPixels(pixels, side) {
  const values = new Uint8Array(side * side);
  for (let place = 0; place < values.length; place++) values[place] = pixels[4 * place + 3];
  return image.toMnist({ width: side, height: side, values });
}

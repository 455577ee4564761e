// Runs the network for live_reader.js, beside the page, so that no stroke waits for an answer.

let image;
let reader;
let network;

onmessage = async ({ data }) => {
  try {
    postMessage(data.weights ? await open(data) : answer(data));
  } catch (error) {
    postMessage({ problem: String(error) });
  }
};

// The weights' address changes with their content, so a copy the browser has kept is the right one.
async function open({ modules, weights, digest, model }) {
  [image, reader] = await Promise.all(modules.map((url) => import(url)));
  const response = await fetch(weights, { cache: "force-cache" });
  if (!response.ok) throw new Error(`the weights are not there (${response.status})`);
  const file = await response.arrayBuffer();
  // Browsers do not offer checksums of what came over plain http from another machine.
  if (crypto.subtle) {
    const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", file));
    const found = Array.from(sum, (byte) => byte.toString(16).padStart(2, "0")).join("");
    if (found !== digest) throw new Error("the weights are not what the server sent");
  }
  network = reader.unpack(file);
  if (network.model !== model) throw new Error("these are the weights of another network");
  return { ready: true };
}

// The drawing is known by its strokes, or else by its pixels.
function answer({ strokes, brush, pixels, side, layers }) {
  const seen = strokes ? image.fromStrokes(strokes, brush) : fromPixels(pixels, side);
  if (!seen) return {};
  const results = [];
  const onLayer = ({ layer: { type }, shape }, values) => {
    if (layers && type !== "Flatten") results.push({ type, shape, values: values.slice() });
  };
  // One look is quickest. The server, which has the last word, looks as often as the network does.
  const chances = reader.read(network, seen, onLayer, 1);
  return { image: seen, results, chances: reader.calibrated(chances, network.temperature) };
}

function fromPixels(pixels, side) {
  const values = Uint8Array.from({ length: side * side }, (_, index) => pixels[4 * index + 3]);
  return image.toMnist({ width: side, height: side, values });
}

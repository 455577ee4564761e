// Runs the network for live_reader.js, beside the page, so that no stroke waits for an answer.

let image;
let reader;
let flow;
let network;
let picture; // what network_flow.js shows of it

onmessage = async ({ data }) => {
  try {
    if (data.weights) postMessage(await open(data));
    else if (data.isRead) postMessage({ isRead: true, ...picture.look(data.wanted) });
    else {
      postMessage(answer(data));
      if (data.wanted) picture.weigh(performance.now());
    }
  } catch (error) {
    postMessage({ problem: String(error) });
  }
};

// The weights' address changes with their content, so a copy the browser has kept is the right one.
async function open({ modules, weights, digest, model }) {
  let evidence, explanation;
  [image, reader, flow, evidence, explanation] = await Promise.all(modules.map((url) => import(url)));
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
  picture = new flow.Picture(network, { evidence, explanation });
  return { ready: true };
}

function answer({ strokes, brush, wanted }) {
  const seen = image.fromStrokes(strokes, brush);
  if (!seen) {
    picture.clear();
    return {};
  }
  // One look is quickest. The server, which has the last word, looks as often as the network does.
  const read = reader.read(network, seen, picture.onLayer, 1);
  const chances = reader.calibrated(read, network.temperature);
  if (!wanted) return { image: seen, chances };
  picture.update(seen, chances);
  return { image: seen, chances, ...picture.show(wanted) };
}

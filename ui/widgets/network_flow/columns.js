// What the picture of the network shows, worked out in the worker: its columns (layers with
// something to see), and of each the maps that say most about the answer.
//
// A column is `{ steps, shape, source }`: a step of network.js with the normalisations that follow
// it, the shape of its result, and the column before it (null for the image).

const SWAP = 1.5; // a map must say this much more than one that is shown to take its place
const MEMORY = 0.7; // of how much a map said before, so that a moment does not count

/** The columns of a member of a network, from the first layer to the ten answers. */
export function columnsOf(steps) {
  const columns = [];
  let afterFlatten = false;
  for (const step of steps) {
    const { type } = step.layer;
    if (type === "Flatten") afterFlatten = true;
    else if (type === "BatchNorm" && columns.length && !afterFlatten) columns.at(-1).steps.push(step);
    else {
      columns.push({ steps: [step], shape: step.shape, source: columns.at(-1) ?? null });
      afterFlatten = false;
    }
  }
  return columns;
}

/** How many maps or neurons a result of this shape has. */
export function countOf(shape) {
  return shape.at(-1);
}

/** How much each map or neuron says: here, how strongly it answers. */
export function strengths(values, count) {
  const sums = new Float32Array(count);
  for (let i = 0; i < values.length; i++) sums[i % count] += Math.abs(values[i]);
  return sums;
}

/** Chooses which of many to show, and keeps them where they are as long as they deserve it. */
export class Choice {
  chosen = [];
  said = null;

  update(scores, slots) {
    this.said = this.said?.map((before, i) => MEMORY * before + (1 - MEMORY) * scores[i]) ?? scores;
    const { said } = this;
    const order = [...said.keys()].sort((one, other) => said[other] - said[one] || one - other);
    this.chosen.length = Math.min(this.chosen.length, slots);
    const isShown = new Set(this.chosen);
    for (const candidate of order.slice(0, slots)) {
      if (isShown.has(candidate)) continue;
      if (this.chosen.length < slots) this.chosen.push(candidate);
      else {
        const slot = this.chosen.reduce((weak, map, i, all) => (said[map] < said[all[weak]] ? i : weak), 0);
        if (said[candidate] <= SWAP * said[this.chosen[slot]]) continue;
        isShown.delete(this.chosen[slot]);
        this.chosen[slot] = candidate;
      }
      isShown.add(candidate);
    }
    return this.chosen;
  }
}

/** These maps of a result, one after the other. */
export function mapsOf(values, shape, maps) {
  const count = countOf(shape);
  const size = values.length / count;
  const found = new Float32Array(size * maps.length);
  maps.forEach((map, i) => {
    for (let at = map, to = i * size; at < values.length; at += count, to++) found[to] = values[at];
  });
  return found;
}

/** What the picture shows of one network, from one drawing to the next. */
export class Picture {
  constructor(network) {
    this.columns = columnsOf(network.members[0]);
    this.choices = this.columns.map(() => new Choice());
    this.results = new Map(); // of the steps, overwritten by the next drawing
  }

  /** For `read` of network.js. */
  onLayer = (step, values) => this.results.set(step, values);

  resultOf({ steps }) {
    return this.results.get(steps.at(-1));
  }

  /** Of each column the maps that are shown, `slots` at most, and the largest value of all its maps. */
  show({ slots }) {
    return this.columns.map((column, i) => {
      const values = this.resultOf(column);
      const scores = strengths(values, countOf(column.shape));
      const maps = this.choices[i].update(scores, slots[i] ?? 0).slice();
      const most = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-9);
      return { maps, most, values: mapsOf(values, column.shape, maps) };
    });
  }
}

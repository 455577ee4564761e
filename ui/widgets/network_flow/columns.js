// What the picture of the network shows, worked out in the worker: its columns (layers with
// something to see), and of each the maps that say most about the answer.
//
// A column is `{ steps, shape, source }`: a step of network.js with the normalisations that follow
// it, the shape of its result, and the column before it (null for the image).

const SWAP = 1.5; // a map must say this much more than one that is shown to take its place
const MEMORY = 0.5; // of how much a map said before, so that a moment does not count
const WEIGHING = 250; // ms between two times at which it is worked out what each says

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

/** Chooses which of many to show, and keeps them where they are as long as they deserve it. */
export class Choice {
  chosen = [];

  /** Take in how much each says now. */
  hear(scores) {
    this.said = this.said?.map((before, i) => MEMORY * before + (1 - MEMORY) * scores[i]) ?? scores;
  }

  /**
   * @param {number} slots  how many are shown
   * @param {number} [kept]  one that somebody points at
   */
  choose(slots, kept) {
    const { chosen, said } = this;
    if (slots >= said.length) return (this.chosen = [...said.keys()]);
    chosen.length = Math.min(chosen.length, slots);
    const isMissing = kept !== undefined && slots > 0 && !chosen.includes(kept);
    if (isMissing) chosen[Math.max(0, weakest(chosen, said))] = kept;
    for (const candidate of [...said.keys()].sort((one, other) => said[other] - said[one] || one - other)) {
      if (chosen.includes(candidate)) continue;
      if (chosen.length < slots) {
        chosen.push(candidate);
        continue;
      }
      const slot = weakest(chosen, said, kept);
      if (slot < 0 || said[candidate] <= SWAP * said[chosen[slot]]) break;
      chosen[slot] = candidate;
    }
    return chosen;
  }
}

function weakest(chosen, said, kept) {
  let slot = -1;
  chosen.forEach((map, i) => {
    if (map !== kept && (slot < 0 || said[map] < said[chosen[slot]])) slot = i;
  });
  return slot;
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
  #results = new Map(); // of the steps; the next drawing overwrites them
  #weighed; // which answer, and when

  /** `modules` are evidence.js and explanation.js. */
  constructor(network, { evidence, explanation }) {
    [this.steps] = network.members;
    this.columns = columnsOf(this.steps);
    [this.evidence, this.explanation] = [evidence, explanation];
    this.choices = this.columns.map(() => new Choice());
    this.sent = {}; // of columns of neurons that look at the image: whose weights were sent last
  }

  /** For `read` of network.js. */
  onLayer = (step, values) => this.#results.set(step, values);

  /** Nothing is drawn: what the maps said counts no more. */
  clear() {
    this.choices.forEach((choice) => (choice.said = undefined));
    this.image = this.#weighed = undefined;
  }

  /** Take in what has just been read. */
  update(image, chances) {
    this.image = image;
    this.digit = chances.indexOf(Math.max(...chances));
    if (!this.#weighed) this.weigh(0);
  }

  /**
   * Find out what each map says. This takes as long as reading: do it when an answer has been sent. It
   * waits while the answer stays the same.
   *
   * @param {number} now  in ms
   */
  weigh(now) {
    if (!this.image || (this.#weighed?.digit === this.digit && now - this.#weighed.at < WEIGHING)) return;
    this.#weighed = { digit: this.digit, at: now };
    const slopes = this.evidence.slopesOf(this.steps, this.#results, this.digit);
    this.columns.forEach((column, i) => {
      const values = this.#resultOf(column);
      const own = slopes.get(column.steps.at(-1));
      const count = countOf(column.shape);
      this.choices[i].hear(own ? this.evidence.evidence(values, own, count) : new Float32Array(count));
    });
  }

  /**
   * What is wanted of it: `slots`, how many maps of each column; `spot`, the value to be explained;
   * `sheet`, a column of which all maps are wanted; `isNew`, that nothing sent before is there.
   *
   * @returns `columns`, each with its `maps`, their `values`, the largest value `most` of all its
   *   maps, and the `weights` of neurons that look at the image if they are others than before;
   *   `sheet`, the same of all maps, and its `column`; `explained`, see explanation.js
   */
  show(wanted) {
    if (wanted.isNew) this.sent = {};
    const { slots, spot } = wanted;
    const columns = this.columns.map((column, i) => {
      const kept = spot?.column === i ? spot.map : undefined;
      return this.#part(column, this.choices[i].choose(slots[i] ?? 0, kept).slice(), i);
    });
    return { columns, ...this.look(wanted) };
  }

  /** The same without the columns: what somebody points at while nothing is drawn. */
  look({ spot, sheet, isNew }) {
    if (!this.image) return {};
    if (isNew) this.sent = {};
    const column = this.columns[sheet];
    const all = column && [...Array(countOf(column.shape)).keys()];
    const part = column && { column: sheet, ...this.#part(column, all, `all of ${sheet}`) };
    return { sheet: part, spot, explained: spot && this.#explain(spot) };
  }

  // `name` is of what is shown: weights are sent to it once.
  #part(column, maps, name) {
    const values = this.#resultOf(column);
    const most = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-9);
    const part = { maps, most, values: mapsOf(values, column.shape, maps) };
    const { layer, weights } = column.steps[0];
    if (column.source || layer.type !== "Dense" || `${maps}` === this.sent[name]) return part;
    this.sent[name] = `${maps}`;
    return { ...part, weights: mapsOf(weights, column.shape, maps) };
  }

  #explain(spot) {
    // Another network may have come meanwhile.
    const column = this.columns[spot.column];
    if (!column) return null;
    const input = column.source ? this.#resultOf(column.source) : this.image;
    return this.explanation.explain(column, spot, input, (step) => this.#results.get(step));
  }

  #resultOf({ steps }) {
    return this.#results.get(steps.at(-1));
  }
}

// How one value of a network comes about, worked out in the worker: what it looks at, what it
// multiplies, what comes out.

const STRONGEST = 4; // inputs for it, and as many against it
const PATCHES = 2; // of the maps before that say most

/**
 * Explain one value.
 *
 * @param {{ steps: object[], source: object | null }} column  see columns.js
 * @param {{ map: number, x: number, y: number }} spot  the map or neuron, and the place in it
 * @param {Float32Array} input  what the column gets
 * @param {(step: object) => Float32Array} resultOf
 * @returns {object}  `kind` and what belongs to it:
 *   "patches": `patches` of `map`, `values`, `weights`, `sum`, those that say most; `others`, how many
 *   more there are, and their sum `rest`;
 *   "pool": `values`, `isMax`;
 *   "picture", of the image: all `values` and `weights`, the sums `plus` of what speaks for it and
 *   `minus` of what speaks against it;
 *   "inputs": `inputs` of `map`, `x`, `y`, `value`, `weight`, `product`, those that say most;
 *   `others`, `rest`;
 *   "scale": `value`;
 *   the `look` at the maps before (`x`, `y`, `size`), if it is at a part; and the `chain` from there to
 *   the value: `{ name, amount?, total }`.
 */
export function explain(column, spot, input, resultOf) {
  const [step, ...normalisations] = column.steps;
  const found = HOW[step.layer.type](step, spot, input, column.source?.shape);
  const chain = [{ name: "sum", total: found.sum }];
  const index = indexOf(step.shape, spot);
  const add = (name, amount, total) => chain.push({ name, amount, total });
  const activate = (one) => {
    const { activation = "linear" } = one.layer;
    if (activation !== "linear") add(activation, null, resultOf(one)[index]);
  };
  if (step.biases && step.layer.type !== "BatchNorm") {
    const bias = step.biases[spot.map];
    add("bias", bias, found.sum + bias);
  }
  const isScale = step.layer.type === "BatchNorm";
  if (!isScale) activate(step);
  for (const one of isScale ? column.steps : normalisations) {
    const [factor, shift] = [one.weights[spot.map], one.biases[spot.map]];
    add("factor", factor, chain.at(-1).total * factor);
    add("shift", shift, chain.at(-1).total + shift);
    activate(one);
  }
  return { ...found, chain, value: resultOf(column.steps.at(-1))[index] };
}

const HOW = {
  Conv: explainConv,
  MaxPool: explainPool,
  AveragePool: explainPool,
  Dense: explainDense,
  BatchNorm: ({ shape }, spot, input) => {
    const value = input[indexOf(shape, spot)];
    return { kind: "scale", value, sum: value, look: { x: spot.x, y: spot.y, size: 1 } };
  },
};

function indexOf(shape, { map, x, y }) {
  return shape.length === 3 ? (y * shape[1] + x) * shape[2] + map : map;
}

function explainConv({ layer: { size, filters }, weights, input: [, width, channels] }, spot, input) {
  const patches = Array.from({ length: channels }, (_, map) => {
    return { map, values: [], weights: [], sum: 0 };
  });
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const from = ((spot.y + row) * width + spot.x + column) * channels;
      const at = (row * size + column) * channels;
      for (const patch of patches) {
        const weight = weights[(at + patch.map) * filters + spot.map];
        patch.values.push(input[from + patch.map]);
        patch.weights.push(weight);
        patch.sum += input[from + patch.map] * weight;
      }
    }
  }
  const sum = total(patches.map((patch) => patch.sum));
  patches.sort((one, other) => Math.abs(other.sum) - Math.abs(one.sum));
  const shown = patches.slice(0, PATCHES);
  const rest = sum - total(shown.map((patch) => patch.sum));
  const look = { x: spot.x, y: spot.y, size };
  return { kind: "patches", patches: shown, others: channels - shown.length, rest, sum, look };
}

function explainPool({ layer: { type, size }, input: [, width, channels] }, spot, input) {
  const [left, top] = [spot.x * size, spot.y * size];
  const values = Array.from({ length: size * size }, (_, i) => {
    const [row, column] = [top + Math.floor(i / size), left + (i % size)];
    return input[(row * width + column) * channels + spot.map];
  });
  const isMax = type === "MaxPool";
  const sum = isMax ? Math.max(...values) : total(values) / values.length;
  return { kind: "pool", values, isMax, sum, look: { x: left, y: top, size } };
}

function explainDense({ weights, shape: [units] }, spot, input, before) {
  const own = Array.from(input, (_, i) => weights[i * units + spot.map]);
  const products = own.map((weight, i) => weight * input[i]);
  const sum = total(products);
  const plus = total(products.filter((product) => product > 0));
  if (!before) {
    const plus = total(products.filter((product) => product > 0));
    return { kind: "picture", values: [...input], weights: own, plus, minus: sum - plus, sum };
  }
  const order = [...products.keys()].sort((one, other) => products[other] - products[one]);
  const isFor = order.filter((i) => products[i] > 0).slice(0, STRONGEST);
  const isAgainst = order.filter((i) => products[i] < 0).slice(-STRONGEST).reverse();
  const inputs = [...isFor, ...isAgainst].map((i) => {
    return { ...placeOf(before, i), value: input[i], weight: own[i], product: products[i] };
  });
  const rest = sum - total(inputs.map(({ product }) => product));
  return { kind: "inputs", inputs, others: products.length - inputs.length, rest, sum };
}

// Where in the maps before a value of the row that they were made into comes from.
function placeOf(shape, index) {
  const map = index % shape.at(-1);
  const place = (index - map) / shape.at(-1);
  const width = shape.length === 3 ? shape[1] : 1;
  return { map, x: place % width, y: Math.floor(place / width) };
}

function total(numbers) {
  return numbers.reduce((sum, number) => sum + number, 0);
}

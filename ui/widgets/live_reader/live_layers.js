// What every layer makes of the drawing: one small picture a pattern, one square a neuron.

const COLUMNS = 16;
const NEURONS_PER_ROW = 32;
const SHOWN_PIXELS = 48;
const TITLES = {
  Conv: "Convolution",
  MaxPool: "Pooling",
  AveragePool: "Pooling",
  BatchNorm: "Batch normalisation",
};

export default function ({ parentElement }) {
  const root = parentElement.querySelector(".layers");
  // Called by live_reader.js with the results of the layers, first layer first.
  parentElement.host.show = (results) => {
    // Nothing is drawn: blank pictures, in the same place.
    if (!results.length) root.querySelectorAll("canvas").forEach((canvas) => (canvas.width |= 0));
    else matchChildren(root, results.length, makeFigure);
    results.forEach((result, layer) => draw(root.children[layer], result, layer === results.length - 1));
  };
  // What is drawn already can be shown.
  document.dispatchEvent(new Event("live-layers-ready"));
}

function makeFigure() {
  const canvas = element("canvas", { role: "img" });
  return element("figure", {}, element("figcaption"), element("div", {}, canvas));
}

function draw(figure, { type, shape, values }, isLast) {
  const room = figure.parentElement.clientWidth;
  const sheet = shape.length === 3 ? pictures(shape, values, room) : squares(values, isLast, room);
  const canvas = figure.querySelector("canvas");
  const title = titleOf(type, shape, isLast);
  if (canvas.width !== sheet.width || canvas.height !== sheet.height) {
    [canvas.width, canvas.height] = [sheet.width, sheet.height];
    canvas.style.width = `${sheet.width * sheet.pixel}px`;
    figure.firstElementChild.textContent = title;
  }
  canvas.ariaLabel = `${title}; the strongest is number ${sheet.strongest}.`;
  paint(canvas, sheet);
}

function titleOf(type, shape, isLast) {
  if (isLast) return "The ten outputs: how likely it is each digit, 0 to 9";
  if (shape.length === 1) return `${shape[0]} neurons`;
  return `${TITLES[type]}: ${shape[2]} pictures of ${shape[0]} × ${shape[1]} pixels`;
}

// All pictures of a layer, with a pixel of paper between them.
function pictures([height, width, patterns], values, room) {
  const pixel = Math.max(2, Math.round(SHOWN_PIXELS / height));
  const columns = clamp(Math.floor(room / pixel / (width + 1)), 1, Math.min(COLUMNS, patterns));
  const sheet = blank(columns * (width + 1), Math.ceil(patterns / columns) * (height + 1), pixel);
  for (let i = 0; i < values.length; i++) {
    const pattern = i % patterns;
    const index = Math.floor(i / patterns);
    const x = (pattern % columns) * (width + 1) + (index % width);
    const y = Math.floor(pattern / columns) * (height + 1) + Math.floor(index / width);
    setInk(sheet, x, y, values[i], pattern);
  }
  return sheet;
}

function squares(values, isLast, room) {
  const pixel = isLast ? 24 : 12;
  const most = Math.min(isLast ? 10 : NEURONS_PER_ROW, values.length);
  const columns = clamp(Math.floor(room / pixel), 1, most);
  const sheet = blank(columns, Math.ceil(values.length / columns), pixel);
  values.forEach((value, i) => setInk(sheet, i % columns, Math.floor(i / columns), value, i));
  return sheet;
}

function blank(width, height, pixel) {
  return { width, height, pixel, ink: new Float32Array(width * height), most: 1e-9, strongest: 1 };
}

function setInk(sheet, x, y, value, number) {
  if (value <= 0) return;
  sheet.ink[y * sheet.width + x] = value;
  if (value > sheet.most) [sheet.most, sheet.strongest] = [value, number + 1];
}

function paint(canvas, { width, height, ink, most }) {
  const context = canvas.getContext("2d");
  // The theme's ink: as opaque as the value is large.
  context.fillStyle = getComputedStyle(canvas).color;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  const image = new ImageData(width, height);
  for (let i = 0; i < ink.length; i++) {
    image.data.set([red, green, blue, (255 * ink[i]) / most], 4 * i);
  }
  context.putImageData(image, 0, 0);
}

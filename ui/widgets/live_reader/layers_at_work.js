// What every layer makes of the drawing: one small picture a pattern, one square a neuron.

const COLUMNS = 16;
const ROW = 32;
const SHOWN_PIXELS = 48;
const WORDS = {
  Conv: "Convolution",
  MaxPool: "Pooling",
  AveragePool: "Pooling",
  BatchNorm: "Brought to a like size",
};

export default function ({ parentElement }) {
  const box = parentElement.querySelector(".layers");
  // Called by live_reader.js with the results of the layers, first layer first.
  parentElement.host.show = (results) => {
    while (box.children.length > results.length && results.length) box.lastElementChild.remove();
    while (box.children.length < results.length) box.append(makeFigure());
    results.forEach((result, place) => draw(box.children[place], result, place === results.length - 1));
    // Nothing is drawn: blank pictures, in the same place.
    if (!results.length) box.querySelectorAll("canvas").forEach((canvas) => (canvas.width |= 0));
  };
  // It is here, then: what is drawn already can be shown.
  document.dispatchEvent(new Event("layers-at-work"));
}

function makeFigure() {
  const figure = document.createElement("figure");
  const frame = document.createElement("div");
  frame.append(document.createElement("canvas"));
  figure.append(document.createElement("figcaption"), frame);
  return figure;
}

function draw(figure, { type, shape, values }, isLast) {
  const room = figure.parentElement.clientWidth;
  const sheet = shape.length === 3 ? pictures(shape, values, room) : squares(values, isLast, room);
  const canvas = figure.querySelector("canvas");
  if (canvas.width !== sheet.width || canvas.height !== sheet.height) {
    [canvas.width, canvas.height] = [sheet.width, sheet.height];
    canvas.style.width = `${sheet.width * sheet.pixel}px`;
    figure.firstElementChild.textContent = caption(type, shape, isLast);
    canvas.setAttribute("role", "img");
  }
  canvas.setAttribute("aria-label", `${caption(type, shape, isLast)}; the strongest is number ${sheet.strongest}.`);
  paint(canvas, sheet);
}

function caption(type, shape, isLast) {
  if (isLast) return "The ten outputs: how likely it is each digit, 0 to 9";
  if (shape.length === 1) return `${shape[0]} neurons`;
  return `${WORDS[type]}: ${shape[2]} pictures of ${shape[0]} × ${shape[1]} pixels`;
}

// All pictures of a layer, a pixel of paper between them.
function pictures([height, width, patterns], values, room) {
  const pixel = Math.max(2, Math.round(SHOWN_PIXELS / height));
  const most = Math.min(COLUMNS, patterns, Math.floor(room / pixel / (width + 1)));
  const columns = Math.max(1, most);
  const sheet = blank(columns * (width + 1), Math.ceil(patterns / columns) * (height + 1));
  for (let i = 0; i < values.length; i++) {
    const pattern = i % patterns;
    const place = Math.floor(i / patterns);
    const x = (pattern % columns) * (width + 1) + (place % width);
    const y = Math.floor(pattern / columns) * (height + 1) + Math.floor(place / width);
    note(sheet, x, y, values[i], pattern);
  }
  return { ...sheet, pixel };
}

function squares(values, isLast, room) {
  const pixel = isLast ? 24 : 12;
  const columns = Math.max(1, Math.min(isLast ? 10 : ROW, Math.floor(room / pixel), values.length));
  const sheet = blank(columns, Math.ceil(values.length / columns));
  values.forEach((value, place) => note(sheet, place % columns, Math.floor(place / columns), value, place));
  return { ...sheet, pixel };
}

function blank(width, height) {
  return { width, height, ink: new Float32Array(width * height), most: 1e-9, strongest: 1 };
}

function note(sheet, x, y, value, number) {
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

// One image in several scales and as a strip of 784: the pixel pointed at lights up in all.

const REACH = 2; // numbers shown on each side of the pixel pointed at
const PIXELS = SIDE * SIDE;

export default function ({ data, parentElement }) {
  const find = (name) => parentElement.querySelector(name);
  const [steps, squares, strip] = [".steps", ".squares", ".strip"].map(find);
  const [scroller, readout] = [find(".scroller"), find(".readout")];
  steps.pixel ??= 14 * SIDE + 14;
  const parts = matchChildren(squares, data.scales.length, makeStep);
  data.scales.forEach((scale, number) => fill(parts[number], scale, data.alternative));
  find(".flat h4").textContent = data.flat;
  find(".flat .why").textContent = data.why_flat;
  setVariables(strip, { sprite: pngUrl(data.strip) });
  Object.assign(strip, { ariaLabel: "Place in the list", ariaValueMin: 0, ariaValueMax: PIXELS - 1 });
  pointAt(steps.pixel);

  function pointAt(wanted, follow = true) {
    const pixel = (steps.pixel = clamp(wanted, 0, PIXELS - 1));
    const [row, column] = [Math.floor(pixel / SIDE), pixel % SIDE];
    setVariables(steps, { row, column, at: pixel });
    data.scales.forEach((scale, number) => {
      fillNeighbours(parts[number].querySelector("table"), scale, row, column);
    });
    const numbers = data.scales.map((scale) => written(scale, pixel)).join(" → ");
    readout.textContent = `row ${row}, column ${column}: ${numbers}. In the list it is number ${pixel} = 28 × ${row} + ${column}.`;
    Object.assign(strip, { ariaValueNow: pixel, ariaValueText: readout.textContent });
    if (follow) scroller.scrollLeft = (pixel / PIXELS) * strip.offsetWidth - scroller.offsetWidth / 2;
  }
  squares.onpointermove = squares.onpointerdown = (event) => {
    const picture = event.target.closest(".picture");
    if (!picture) return;
    const [column, row] = pointerPosition(event, picture).map((place) =>
      clamp(Math.floor((place / picture.clientWidth) * SIDE), 0, SIDE - 1),
    );
    pointAt(row * SIDE + column);
  };
  strip.onpointermove = strip.onpointerdown = (event) => {
    const [x] = pointerPosition(event, strip);
    pointAt(Math.floor((x / strip.offsetWidth) * PIXELS), false);
  };
  steps.onkeydown = (event) => {
    if (!(event.key in ARROWS)) return;
    const [right, down] = ARROWS[event.key];
    const pixel = steps.pixel + right + down * SIDE;
    if (pixel < 0 || pixel >= PIXELS) return;
    event.preventDefault();
    pointAt(pixel);
  };
}

function makeStep(number) {
  const layers = ["below", "ink", "point"].map((className) => element("div", { className }));
  const picture = element("div", { className: "picture", role: "img" }, ...layers);
  // The squares move together: one stop for the keyboard is enough.
  if (number === 0) picture.tabIndex = 0;
  const blank = Array(2 * REACH + 1).fill("");
  const rows = blank.map(() => tableRow(blank, () => "td"));
  rows[REACH].cells[REACH].className = "middle";
  return element(
    "section",
    {},
    element("h4", { className: "title" }),
    picture,
    element("p", { className: "range" }),
    element("table", { className: "numbers" }, ...rows),
    element("p", { className: "why" }),
  );
}

function fill(step, scale, alternative) {
  for (const name of ["title", "range", "why"]) {
    step.querySelector(`.${name}`).textContent = scale[name];
  }
  const picture = step.querySelector(".picture");
  setVariables(picture, { sprite: pngUrl(scale.masks) });
  picture.ariaLabel = `${alternative}: ${scale.title}, ${scale.range}`;
  step.querySelector("table").ariaLabel = `${scale.title}: numbers around the pixel`;
}

function fillNeighbours(table, scale, row, column) {
  for (const [down, line] of [...table.rows].entries()) {
    for (const [right, cell] of [...line.cells].entries()) {
      const [y, x] = [row + down - REACH, column + right - REACH];
      const isInside = y >= 0 && y < SIDE && x >= 0 && x < SIDE;
      cell.textContent = isInside ? written(scale, y * SIDE + x) : "·";
    }
  }
}

function written(scale, pixel) {
  return scale.numbers[pixel].toFixed(scale.decimals).replace("-", "−");
}

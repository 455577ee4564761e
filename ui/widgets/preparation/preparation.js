// One image in several scales and as a strip of 784: the pixel pointed at lights up in all.

const SIDE = 28;
const REACH = 2; // numbers shown on each side of the pixel pointed at
const MOVES = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -SIDE, ArrowDown: SIDE };

export default function ({ data, parentElement }) {
  const steps = parentElement.querySelector(".steps");
  const squares = parentElement.querySelector(".squares");
  const strip = parentElement.querySelector(".strip");
  const scroller = parentElement.querySelector(".scroller");
  const readout = parentElement.querySelector(".readout");
  steps.at ??= 14 * SIDE + 14;
  if (!squares.children.length) data.scales.forEach((_, number) => build(squares, number));
  data.scales.forEach((scale, number) => fill(squares.children[number], scale, data));
  parentElement.querySelector(".flat h4").textContent = data.flat;
  parentElement.querySelector(".flat .why").textContent = data.why_flat;
  strip.style.setProperty("--sprite", `url("data:image/png;base64,${data.strip}")`);
  strip.setAttribute("aria-label", "Place in the list");
  strip.setAttribute("aria-valuemin", 0);
  strip.setAttribute("aria-valuemax", SIDE * SIDE - 1);
  light(steps.at);

  function light(at, follow = true) {
    steps.at = Math.min(Math.max(at, 0), SIDE * SIDE - 1);
    const [row, column] = [Math.floor(steps.at / SIDE), steps.at % SIDE];
    steps.style.setProperty("--row", row);
    steps.style.setProperty("--column", column);
    steps.style.setProperty("--at", steps.at);
    data.scales.forEach((scale, number) => {
      around(squares.children[number].querySelector("table"), scale, row, column);
    });
    const numbers = data.scales.map((scale) => text(scale, steps.at)).join(" → ");
    readout.textContent = `row ${row}, column ${column}: ${numbers}. In the list it is number ${steps.at} = 28 × ${row} + ${column}.`;
    strip.setAttribute("aria-valuenow", steps.at);
    strip.setAttribute("aria-valuetext", readout.textContent);
    if (follow) scroller.scrollLeft = (steps.at / 784) * strip.offsetWidth - scroller.offsetWidth / 2;
  }
  const pointInSquare = (event) => {
    const picture = event.target.closest(".picture");
    if (!picture) return;
    const box = picture.getBoundingClientRect();
    const along = (from, length) => Math.min(Math.max(Math.floor((from / length) * SIDE), 0), SIDE - 1);
    light(
      along(event.clientY - box.top, box.height) * SIDE + along(event.clientX - box.left, box.width),
    );
  };
  const pointInStrip = (event) => {
    const box = strip.getBoundingClientRect();
    light(Math.floor(((event.clientX - box.left) / box.width) * SIDE * SIDE), false);
  };
  squares.onpointermove = squares.onpointerdown = pointInSquare;
  strip.onpointermove = strip.onpointerdown = pointInStrip;
  steps.onkeydown = (event) => {
    const move = MOVES[event.key];
    if (!move || steps.at + move < 0 || steps.at + move >= SIDE * SIDE) return;
    event.preventDefault();
    light(steps.at + move);
  };
}

function build(squares, number) {
  const step = document.createElement("section");
  for (const [tag, name] of [
    ["h4", "title"],
    ["div", "picture"],
    ["p", "range"],
    ["table", "numbers"],
    ["p", "why"],
  ]) {
    const part = document.createElement(tag);
    part.className = name;
    step.append(part);
  }
  const picture = step.querySelector(".picture");
  for (const name of ["below", "ink", "point"]) {
    const layer = document.createElement("div");
    layer.className = name;
    picture.append(layer);
  }
  picture.setAttribute("role", "img");
  // The three squares move together: one stop for the keyboard is enough.
  if (number === 0) picture.tabIndex = 0;
  const table = step.querySelector("table");
  for (let row = 0; row <= 2 * REACH; row++) {
    const line = table.insertRow();
    for (let column = 0; column <= 2 * REACH; column++) line.insertCell();
  }
  table.rows[REACH].cells[REACH].className = "middle";
  squares.append(step);
}

function fill(step, scale, data) {
  step.querySelector(".title").textContent = scale.title;
  step.querySelector(".range").textContent = scale.range;
  step.querySelector(".why").textContent = scale.why;
  const picture = step.querySelector(".picture");
  picture.style.setProperty("--sprite", `url("data:image/png;base64,${scale.masks}")`);
  picture.setAttribute("aria-label", `${data.alternative}: ${scale.title}, ${scale.range}`);
  step.querySelector("table").setAttribute("aria-label", `${scale.title}: numbers around the pixel`);
}

function around(table, scale, row, column) {
  for (let down = -REACH; down <= REACH; down++) {
    for (let right = -REACH; right <= REACH; right++) {
      const [r, c] = [row + down, column + right];
      const inside = r >= 0 && r < SIDE && c >= 0 && c < SIDE;
      const cell = table.rows[down + REACH].cells[right + REACH];
      cell.textContent = inside ? text(scale, r * SIDE + c) : "·";
    }
  }
}

function text(scale, at) {
  return scale.numbers[at].toFixed(scale.decimals).replace("-", "−");
}

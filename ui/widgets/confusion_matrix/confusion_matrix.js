// The confusion matrix as a table of buttons: labels downwards, predictions across.

const DIGITS = [...Array(10).keys()];

export default function ({ data, parentElement, setTriggerValue }) {
  const table = parentElement.querySelector("table");
  if (!table.rows.length) build(table);
  table.caption.textContent = data.finding;
  const cells = [...table.querySelectorAll("button")];
  cells.forEach((cell, position) => fill(cell, position, data));
  makeOneTabStop(cells, cells.find((cell) => cell.tabIndex === 0) ?? cells[0]);

  table.onclick = (event) => {
    const cell = event.target.closest("button");
    if (cell) setTriggerValue("picked", cells.indexOf(cell));
  };
  table.onkeydown = (event) => {
    const to = destination(event.key, cells.indexOf(event.target.closest("button")));
    if (to === null || !cells[to]) return;
    event.preventDefault();
    makeOneTabStop(cells, cells[to]);
    cells[to].focus();
  };
}

function build(table) {
  const head = table.createTHead().insertRow();
  head.append(headCell("col", ""), ...DIGITS.map((digit) => headCell("col", digit)));
  const body = table.createTBody();
  for (const label of DIGITS) {
    const row = body.insertRow();
    row.append(headCell("row", label));
    for (const _ of DIGITS) {
      const button = document.createElement("button");
      button.type = "button";
      row.insertCell().append(button);
    }
  }
}

function headCell(scope, text) {
  const cell = document.createElement("th");
  cell.scope = scope;
  cell.textContent = text;
  return cell;
}

function fill(cell, position, { counts, texts, strengths, sentences, label, prediction }) {
  const [row, column] = [Math.floor(position / 10), position % 10];
  cell.textContent = texts[position];
  cell.title = sentences[position];
  cell.setAttribute("aria-label", sentences[position]);
  cell.className = row === column ? "right" : counts[position] ? "wrong" : "none";
  cell.style.setProperty("--strength", strengths[position]);
  const isChosen =
    (label !== null || prediction !== null) &&
    (label === null || label === row) &&
    (prediction === null || prediction === column);
  cell.setAttribute("aria-pressed", isChosen);
}

// Tab enters the table once; the arrow keys move inside it.
function makeOneTabStop(cells, stop) {
  for (const cell of cells) cell.tabIndex = cell === stop ? 0 : -1;
}

function destination(key, from) {
  const column = from % 10;
  if (key === "ArrowUp") return from - 10;
  if (key === "ArrowDown") return from + 10;
  if (key === "ArrowLeft" && column > 0) return from - 1;
  if (key === "ArrowRight" && column < 9) return from + 1;
  return null;
}

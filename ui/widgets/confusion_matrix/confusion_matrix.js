// The confusion matrix as a table of buttons: labels downwards, predictions across.

const DIGITS = [...Array(10).keys()];

export default function ({ data, parentElement, setTriggerValue }) {
  const table = parentElement.querySelector("table");
  if (!table.rows.length) build(table);
  table.caption.textContent = data.finding;
  const cells = [...table.querySelectorAll("button")];
  cells.forEach((cell, position) => fill(cell, position, data));
  makeOneTabStop(cells, Math.max(0, cells.findIndex((cell) => cell.tabIndex === 0)));

  table.onclick = (event) => {
    const cell = event.target.closest("button");
    if (cell) setTriggerValue("picked", cells.indexOf(cell));
  };
  table.onkeydown = (event) => {
    const from = cells.indexOf(event.target.closest("button"));
    if (from < 0 || !(event.key in ARROWS)) return;
    const [right, down] = ARROWS[event.key];
    const to = from + right + 10 * down;
    if (!cells[to] || (right && Math.floor(to / 10) !== Math.floor(from / 10))) return;
    event.preventDefault();
    makeOneTabStop(cells, to);
    cells[to].focus();
  };
}

function build(table) {
  table.createTHead().append(tableRow(["", ...DIGITS], () => "th", "col"));
  const body = table.createTBody();
  for (const label of DIGITS) {
    const row = tableRow([label, ...DIGITS.map(() => "")], (column) => (column ? "td" : "th"), "row");
    for (const cell of row.querySelectorAll("td")) cell.append(element("button", { type: "button" }));
    body.append(row);
  }
}

function fill(cell, position, { counts, texts, strengths, sentences, label, prediction }) {
  const [row, column] = [Math.floor(position / 10), position % 10];
  cell.textContent = texts[position];
  cell.title = cell.ariaLabel = sentences[position];
  cell.className = row === column ? "right" : counts[position] ? "wrong" : "none";
  setVariables(cell, { strength: strengths[position] });
  const isChosen =
    (label !== null || prediction !== null) &&
    (label === null || label === row) &&
    (prediction === null || prediction === column);
  cell.ariaPressed = isChosen;
}

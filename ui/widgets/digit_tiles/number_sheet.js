// The 784 numbers of an image as a table, each on a shade of its own ink.

const SIDE = 28;

export default function ({ data, parentElement }) {
  const table = parentElement.querySelector("table");
  table.setAttribute("aria-label", data.alternative);
  table.replaceChildren(line(["", ...Array(SIDE).keys()], () => "th", "col"));
  for (let row = 0; row < SIDE; row++) {
    const values = data.values.slice(row * SIDE, (row + 1) * SIDE);
    table.append(line([row, ...values], (column) => (column ? "td" : "th"), "row"));
  }
}

function line(texts, tagOf, scope) {
  const row = document.createElement("tr");
  texts.forEach((text, column) => {
    const cell = document.createElement(tagOf(column));
    cell.textContent = text;
    if (cell.tagName === "TH") cell.scope = scope;
    else cell.style.setProperty("--amount", text);
    row.append(cell);
  });
  return row;
}

// The 784 numbers of an image as a table, each on a shade of its own ink.

export default function ({ data, parentElement }) {
  const table = parentElement.querySelector("table");
  table.ariaLabel = data.alternative;
  table.replaceChildren(tableRow(["", ...Array(SIDE).keys()], () => "th", "col"));
  for (let row = 0; row < SIDE; row++) {
    const values = data.values.slice(row * SIDE, (row + 1) * SIDE);
    const line = tableRow([row, ...values], (column) => (column ? "td" : "th"), "row");
    values.forEach((value, column) => setVariables(line.cells[column + 1], { amount: value }));
    table.append(line);
  }
}

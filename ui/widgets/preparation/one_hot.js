// A few rows of ten numbers, one for each digit; the label's column is marked.

export default function ({ data, parentElement }) {
  const tables = data.rows.map((row) => makeTable(row, data.label));
  parentElement.querySelector(".rows").replaceChildren(...tables);
}

function makeTable({ title, values, most }, label) {
  const digits = tableRow([...values.keys()], () => "th", "col");
  const amounts = tableRow(values, () => "td");
  values.forEach((value, digit) => setVariables(amounts.cells[digit], { amount: value / most }));
  digits.cells[label].className = amounts.cells[label].className = "label";
  const table = element("table", {}, element("thead", {}, digits), element("tbody", {}, amounts));
  table.createCaption().textContent = title;
  return table;
}

// A few rows of ten numbers, one for each digit; the label's column is marked.

export default function ({ data, parentElement }) {
  const rows = parentElement.querySelector(".rows");
  rows.replaceChildren(...data.rows.map((row) => line(row, data.label)));
}

function line({ title, values, most }, label) {
  const table = document.createElement("table");
  table.createCaption().textContent = title;
  const head = table.createTHead().insertRow();
  const body = table.createTBody().insertRow();
  values.forEach((value, digit) => {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = digit;
    head.append(cell);
    const amount = body.insertCell();
    amount.textContent = value;
    amount.style.setProperty("--amount", value / most);
    if (digit === label) cell.className = amount.className = "label";
  });
  return table;
}

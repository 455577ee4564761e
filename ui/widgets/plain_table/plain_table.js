// A table of short texts: made of its cells at once, without looking for Markdown in each.

export default function ({ data, parentElement }) {
  const find = (name) => parentElement.querySelector(name);
  const [above, head, body] = [".above", "thead", "tbody"].map(find);
  above.hidden = !data.above;
  above.textContent = data.above;
  head.replaceChildren(line(data.titles, "th"));
  body.replaceChildren(...data.rows.map((texts) => line(texts, "td")));
}

function line(texts, tag) {
  const row = document.createElement("tr");
  for (const text of texts) {
    const cell = document.createElement(tag);
    cell.textContent = text;
    if (tag === "th") cell.scope = "col";
    row.append(cell);
  }
  return row;
}

// A table of short texts: made of its cells at once, without looking for Markdown in each.

export default function ({ data, parentElement }) {
  const find = (name) => parentElement.querySelector(name);
  const introduction = find(".introduction");
  introduction.hidden = !data.introduction;
  introduction.textContent = data.introduction;
  find("thead").replaceChildren(tableRow(data.titles, () => "th", "col"));
  find("tbody").replaceChildren(...data.rows.map((texts) => tableRow(texts, () => "td")));
}

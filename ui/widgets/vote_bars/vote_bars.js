// One row an answer: its name, a bar, how many, and a mark in words. Rows stay, so bars grow.

export default function ({ data, parentElement }) {
  const votes = parentElement.querySelector(".votes");
  votes.ariaLabel = data.label;
  const most = Math.max(1, ...data.rows.map(({ count }) => count));
  const rows = matchChildren(votes, data.rows.length, makeRow);
  data.rows.forEach(({ name, count, mark }, position) => {
    const [title, bar, number, words] = rows[position].children;
    show(title, name);
    show(number, count ? `${count}` : "");
    show(words, mark);
    setVariables(bar, { part: count / most });
    rows[position].classList.toggle("marked", mark !== "");
  });
}

function makeRow() {
  const parts = ["name", "bar", "count", "mark"].map((className) => element("span", { className }));
  const row = element("div", { className: "row" }, ...parts);
  row.role = "listitem";
  return row;
}

function show(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

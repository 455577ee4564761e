// Ten rows, made once; then only widths, figures and marks change.

function part(row, name) {
  const element = document.createElement("div");
  element.className = name;
  row.append(element);
  return element;
}

function makeRow(bars) {
  const row = part(bars, "row");
  const digit = part(row, "digit");
  const bar = part(part(row, "track"), "bar");
  return { row, digit, bar, figure: part(row, "figure"), mark: part(row, "mark") };
}

export default function ({ data, parentElement }) {
  const { host } = parentElement;
  const bars = parentElement.querySelector(".bars");
  bars.rows ??= data.chances.map(() => makeRow(bars));
  const title = parentElement.querySelector(".title");
  title.hidden = !data.title;
  title.textContent = data.title ?? "";
  host.show = (shown) => show(bars, shown);
  // While a line is drawn, live_reader.js keeps the place for what it reads itself.
  host.told = data;
  if (host.keeper) host.keeper(host);
  else host.show(data);
}

function show(bars, { chances, figures, predicted, label, finding, live }) {
  bars.classList.toggle("live", live === true);
  bars.setAttribute("aria-label", finding);
  bars.rows.forEach(({ row, digit, bar, figure, mark }, number) => {
    row.classList.toggle("predicted", number === predicted);
    digit.textContent = number;
    bar.style.width = `${100 * chances[number]}%`;
    figure.textContent = figures[number];
    mark.textContent = number === label ? "◂ label" : "";
  });
}

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
  const bars = parentElement.querySelector(".bars");
  bars.rows ??= data.chances.map(() => makeRow(bars));
  bars.setAttribute("aria-label", data.finding);
  bars.rows.forEach(({ row, digit, bar, figure, mark }, number) => {
    row.classList.toggle("predicted", number === data.predicted);
    digit.textContent = number;
    bar.style.width = `${100 * data.chances[number]}%`;
    figure.textContent = data.figures[number];
    mark.textContent = number === data.label ? "◂ label" : "";
  });
}

// Ten rows, made once; then only widths, percentages and marks change.

export default function ({ data, parentElement }) {
  const find = (name) => parentElement.querySelector(name);
  const [title, bars] = [find(".title"), find(".bars")];
  matchChildren(bars, data.chances.length, makeRow);
  title.hidden = !data.title;
  title.textContent = data.title ?? "";
  showServerData(parentElement.host, data, (answer) => show(bars, answer));
}

function makeRow() {
  const part = (className, ...inside) => element("div", { className }, ...inside);
  return part("row", part("digit"), part("track", part("bar")), part("percentage"), part("mark"));
}

function show(bars, { chances, percentages, predicted, label, finding, live }) {
  bars.classList.toggle("live", live === true);
  bars.ariaLabel = finding;
  [...bars.children].forEach((row, number) => {
    const [digit, track, percentage, mark] = row.children;
    row.classList.toggle("predicted", number === predicted);
    digit.textContent = number;
    track.firstChild.style.width = `${100 * chances[number]}%`;
    percentage.textContent = percentages[number];
    mark.textContent = number === label ? "◂ label" : "";
  });
}

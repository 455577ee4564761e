// A training as a show: the accuracy grows, digits flip from wrong to right, noise turns to strokes.

export default function ({ data, parentElement }) {
  const find = (name) => parentElement.querySelector(name);
  showHead(find, data);
  const svg = find(".curve > svg");
  setText(find(".curve h3"), data.curve.title);
  if (svg.ariaLabel !== data.curve.finding) svg.ariaLabel = data.curve.finding;
  svg.draw = () => drawCurve(svg, data.curve);
  svg.draw();
  showKey(find(".key"), data.curve.lines);
  showTiles(find(".reads"), data.reads);
  showWeights(find(".looks"), data.looks);
  // One watcher for the element, whatever is drawn on it from run to run.
  svg.watcher ??= new ResizeObserver(() => svg.drawnWidth !== svg.clientWidth && svg.draw());
  svg.watcher.observe(svg);
  return whenGone(svg, () => svg.watcher.disconnect());
}

// A new element for each text: a browser that translates the page would keep the old words.
function setText(parent, text, tag = "span") {
  if (parent.shownText === text) return;
  parent.shownText = text;
  parent.replaceChildren(...(text ? [element(tag, { textContent: text })] : []));
}

function showHead(find, { figure, words, state, left, share }) {
  const place = find(".figure");
  if (place.shownText !== `${figure}${words}`) {
    place.shownText = `${figure}${words}`;
    const number = element("b", { textContent: figure, translate: false });
    place.replaceChildren(number, " ", element("span", { textContent: words }));
  }
  setText(find(".state"), state);
  setText(find(".left"), left);
  setVariables(find(".done"), { share });
}

function showKey(list, lines) {
  const text = lines.map(({ name }) => name).join();
  if (list.shownText === text) return;
  list.shownText = text;
  list.replaceChildren(
    ...lines.map(({ name, kind }) => {
      const sample = make("svg", { "aria-hidden": "true" });
      sample.append(make("polyline", { class: kind, points: "0,4 26,4" }));
      return element("li", {}, sample, element("span", { textContent: name }));
    }),
  );
}

function showTiles(panel, { title, sprite, tiles }) {
  setText(panel.querySelector("h3"), title);
  const box = panel.querySelector(".tiles");
  const parts = () => ["ink", "answer"].map((className) => element("div", { className }));
  const made = matchChildren(box, tiles.length, () => element("div", {}, ...parts()));
  showSprite(box, sprite);
  made.forEach((tile, row) => fillTile(tile, row, tiles[row]));
}

function fillTile(tile, row, { state, own, answer, alternative }) {
  const [ink, words] = tile.children;
  tile.role = "img";
  if (tile.ariaLabel !== alternative) tile.ariaLabel = alternative;
  const turned = tile.state && tile.state !== state ? " turned" : "";
  if (tile.state !== state) tile.className = `tile ${state}${own ? " own" : ""}${turned}`;
  tile.state = state;
  setVariables(ink, { row });
  if (words.shownText === answer) return;
  words.shownText = answer;
  words.replaceChildren(element("span", { textContent: answer, translate: false }));
}

function showWeights(panel, { title, sprite, count, finding, none }) {
  setText(panel.querySelector("h3"), title);
  setText(panel.querySelector(".none"), none);
  const box = panel.querySelector(".weights");
  box.hidden = !count;
  box.ariaLabel = finding;
  showSprite(box, sprite);
  matchChildren(box, count, (row) => {
    const ink = element("div", { className: "ink" });
    setVariables(ink, { row });
    return ink;
  });
}

function showSprite(box, sprite) {
  if (box.sprite === sprite) return;
  box.sprite = sprite;
  setVariables(box, { sprite: sprite ? pngUrl(sprite) : "none" });
}

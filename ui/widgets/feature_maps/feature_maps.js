// The pictures that each layer made: for each layer one mask over the text colour.

export default function ({ data, parentElement }) {
  const list = parentElement.querySelector(".layers");
  const items = matchChildren(list, data.sheets.length, makeLayer);
  data.sheets.forEach(({ title, alternative, sprite, pixel, width, height }, number) => {
    const [heading, maps] = items[number].children;
    heading.textContent = title;
    maps.ariaLabel = alternative;
    setVariables(maps, { sprite: pngUrl(sprite), pixel: `${pixel}px`, width, height });
  });
}

function makeLayer() {
  const ink = element("div", { className: "ink" });
  const maps = element("div", { className: "maps", role: "img", tabIndex: 0 }, ink);
  return element("li", {}, element("p", { className: "title" }), maps);
}

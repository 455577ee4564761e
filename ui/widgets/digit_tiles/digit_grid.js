// A gallery of digits: one button each, its picture a window on one sprite of all of them.
// The sprite is a mask over the text colour, so the ink follows the theme by itself.

export default function ({ data, parentElement, setTriggerValue }) {
  const grid = parentElement.querySelector(".digits");
  grid.ariaLabel = data.label;
  grid.classList.toggle("as-fed", data.as_fed);
  setVariables(grid, { scale: data.scale });
  showSprite(grid, data);
  const tag = data.clickable ? "button" : "div";
  const tiles = matchChildren(grid, data.captions.length, () => makeTile(tag));
  tiles.forEach((tile, position) => fill(tile, position, data));
  const gone = whenGone(grid, () => release(grid.address));
  if (!data.clickable) return gone;
  const pick = (position) => setTriggerValue("picked", position);
  letPick(grid, tiles, data.selected ?? 0, () => lengthOfRow(tiles), pick);
  return gone;
}

function showSprite(grid, { sprite, columns, captions }) {
  if (grid.sprite === sprite) return;
  grid.sprite = sprite;
  release(grid.address);
  // A short address: a data URL would be copied into the style of every tile.
  grid.address = URL.createObjectURL(new Blob([bytesOf(sprite)], { type: "image/png" }));
  const rows = Math.ceil(captions.length / columns);
  setVariables(grid, { sprite: `url("${grid.address}")`, columns, rows });
}

// The browser may still be fetching it for tiles that are about to go, and would call it an error.
function release(address) {
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

function makeTile(tag) {
  const parts = ["ink", "caption"].map((className) => element("span", { className }));
  const kind = tag === "button" ? { type: "button" } : { role: "img" };
  return element(tag, { className: "tile", ...kind }, ...parts);
}

// What is the same already is left alone: hundreds of changes cost time at every click.
function fill(tile, position, { captions, alternatives, columns, selected }) {
  const [ink, caption] = tile.children;
  if (tile.columns !== columns) {
    tile.columns = columns;
    setVariables(ink, { column: position % columns, row: Math.floor(position / columns) });
  }
  if (caption.textContent !== captions[position]) caption.textContent = captions[position];
  const name = spokenName(captions[position], alternatives[position]);
  if (tile.ariaLabel !== name) tile.ariaLabel = name;
  const current = position === selected ? "true" : null;
  if (tile.ariaCurrent !== current) tile.ariaCurrent = current;
}

// Whoever says what is written on a tile means that tile.
function spokenName(caption, alternative) {
  return alternative.includes(caption) ? alternative : `${caption}: ${alternative}`;
}

function lengthOfRow(tiles) {
  return tiles.filter((tile) => tile.offsetTop === tiles[0].offsetTop).length;
}

// A gallery of digits: one button each, its picture a window on one sprite of all of them.
// The sprite is a mask over the text colour, so the ink follows the theme by itself.

export default function ({ data, parentElement, setTriggerValue }) {
  const grid = parentElement.querySelector(".digits");
  grid.setAttribute("aria-label", data.label);
  showSprite(grid, data);
  const tiles = matchTiles(grid, data.captions.length, data.clickable ? "button" : "div");
  tiles.forEach((tile, position) => fill(tile, position, data));
  if (!data.clickable) return () => letGo(grid.address);
  makeOneTabStop(tiles, data.selected ?? 0);

  grid.onclick = (event) => {
    const tile = event.target.closest("button");
    if (!tile) return;
    makeOneTabStop(tiles, tiles.indexOf(tile));
    setTriggerValue("picked", tiles.indexOf(tile));
  };
  grid.onkeydown = (event) => {
    const from = tiles.indexOf(event.target.closest("button"));
    const to = destination(event.key, from, tiles);
    if (to === null || !tiles[to]) return;
    event.preventDefault();
    makeOneTabStop(tiles, to);
    tiles[to].focus();
  };
  return () => letGo(grid.address);
}

function showSprite(grid, { sprite, columns, captions }) {
  if (grid.sprite === sprite) return;
  grid.sprite = sprite;
  // A short address: a data URL would be copied into the style of every tile.
  const bytes = Uint8Array.from(atob(sprite), (letter) => letter.charCodeAt(0));
  letGo(grid.address);
  grid.address = URL.createObjectURL(new Blob([bytes], { type: "image/png" }));
  grid.style.setProperty("--sprite", `url("${grid.address}")`);
  grid.style.setProperty("--columns", columns);
  grid.style.setProperty("--rows", Math.ceil(captions.length / columns));
}

// The browser may still be fetching it for tiles that are about to go, and would call it an error.
function letGo(address) {
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

// Tiles are kept from one run to the next, so that the one with the focus keeps it.
function matchTiles(grid, wanted, tag) {
  while (grid.children.length > wanted) grid.lastElementChild.remove();
  while (grid.children.length < wanted) {
    const tile = document.createElement(tag);
    tile.className = "tile";
    if (tag === "button") tile.type = "button";
    else tile.setAttribute("role", "img");
    tile.append(document.createElement("span"), document.createElement("span"));
    tile.children[0].className = "ink";
    tile.children[1].className = "caption";
    grid.append(tile);
  }
  return [...grid.children];
}

// What is the same already is left alone: hundreds of changes cost time at every click.
function fill(tile, position, { captions, alternatives, columns, selected }) {
  const [ink, caption] = tile.children;
  if (tile.columns !== columns) {
    tile.columns = columns;
    ink.style.setProperty("--column", position % columns);
    ink.style.setProperty("--row", Math.floor(position / columns));
  }
  if (caption.textContent !== captions[position]) caption.textContent = captions[position];
  if (tile.ariaLabel !== alternatives[position]) tile.ariaLabel = alternatives[position];
  const current = position === selected ? "true" : null;
  if (tile.ariaCurrent !== current) tile.ariaCurrent = current;
}

// Tab enters the gallery once; the arrow keys move inside it.
function makeOneTabStop(tiles, stop) {
  tiles.forEach((tile, position) => {
    const index = position === stop ? 0 : -1;
    if (tile.getAttribute("tabindex") !== `${index}`) tile.tabIndex = index;
  });
}

function destination(key, from, tiles) {
  const below = tiles.findIndex((tile) => tile.offsetTop > tiles[0].offsetTop);
  const perRow = below < 0 ? tiles.length : below;
  const moves = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -perRow, ArrowDown: perRow };
  if (key === "Home") return 0;
  if (key === "End") return tiles.length - 1;
  return key in moves ? from + moves[key] : null;
}

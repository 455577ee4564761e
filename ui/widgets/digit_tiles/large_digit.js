// One digit, large, that tells the number under the pointer, the finger or the arrow keys.

export default function ({ data, parentElement }) {
  const figure = parentElement.querySelector(".digit");
  const picture = parentElement.querySelector(".picture");
  const point = parentElement.querySelector(".point");
  const readout = parentElement.querySelector(".readout");
  const { host } = parentElement;
  let values;

  figure.classList.toggle("as-fed", data.as_fed);
  host.show = (shown) => {
    values = shown.live
      ? shown.values
      : Uint8Array.from(atob(shown.values), (letter) => letter.charCodeAt(0));
    // What the network gets is white on black in every theme, and may change with every frame.
    if (data.as_fed) paint(picture.querySelector("canvas"), values);
    else picture.style.setProperty("--sprite", `url("data:image/png;base64,${shown.sprite}")`);
    picture.setAttribute("aria-label", shown.alternative);
  };
  // While a line is drawn, live_reader.js keeps the place for what it reads itself.
  host.told = data;
  if (host.keeper) host.keeper(host);
  else host.show(data);
  if (data.reveal && figure.shown && figure.shown !== data.values) reveal(figure);
  figure.shown = data.values;

  const tell = (row, column) => {
    const value = values[row * SIDE + column];
    const amount = data.fractions ? (value / 255).toFixed(2) : `${value} of 255`;
    return `row ${row}, column ${column}: ${amount}`;
  };
  pointAtPixels({ picture, point, readout, hint: data.hint, tell });
}

function paint(canvas, values) {
  const pixels = new Uint8ClampedArray(4 * values.length).fill(255);
  values.forEach((value, place) => pixels.fill(value, 4 * place, 4 * place + 3));
  canvas.getContext("2d").putImageData(new ImageData(pixels, SIDE), 0, 0);
}

// A digit picked further down the page is opened up here: bring it into view.
function reveal(figure) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  figure.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
}

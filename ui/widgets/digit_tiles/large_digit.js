// One large digit that shows the number under the pointer, the finger or the arrow keys.

export default function ({ data, parentElement }) {
  const find = (name) => parentElement.querySelector(name);
  const [figure, picture, point] = [".digit", ".picture", ".point"].map(find);
  let values;

  figure.classList.toggle("as-fed", data.as_fed);
  showServerData(parentElement.host, data, (shown) => {
    values = shown.live ? shown.values : bytesOf(shown.values);
    // What the network gets is white on black in every theme, and may change with every frame.
    if (data.as_fed) paint(find("canvas"), values);
    else setVariables(picture, { sprite: pngUrl(shown.sprite) });
    picture.ariaLabel = shown.alternative;
  });
  // A digit picked further down the page is opened up here.
  if (data.reveal && figure.shown && figure.shown !== data.values) {
    const behavior = prefersReducedMotion() ? "auto" : "smooth";
    figure.scrollIntoView({ block: "nearest", behavior });
  }
  figure.shown = data.values;

  const describe = (row, column) => {
    const value = values[row * SIDE + column];
    const amount = data.fractions ? (value / 255).toFixed(2) : `${value} of 255`;
    return `row ${row}, column ${column}: ${amount}`;
  };
  pointAtPixels({ picture, point, readout: find(".readout"), hint: data.hint, describe });
}

function paint(canvas, values) {
  const pixels = new Uint8ClampedArray(4 * values.length).fill(255);
  values.forEach((value, index) => pixels.fill(value, 4 * index, 4 * index + 3));
  canvas.getContext("2d").putImageData(new ImageData(pixels, SIDE), 0, 0);
}

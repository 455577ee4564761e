// A digit, faint, and over it in colour how much each place matters; the worst square is framed.

export default function ({ data, parentElement }) {
  const picture = parentElement.querySelector(".picture");
  const square = parentElement.querySelector(".square");
  const point = parentElement.querySelector(".point");
  const readout = parentElement.querySelector(".readout");

  picture.style.setProperty("--sprite", `url("data:image/png;base64,${data.sprite}")`);
  picture.style.setProperty("--heat", `url("data:image/png;base64,${data.heat}")`);
  picture.setAttribute("aria-label", data.alternative);
  square.hidden = data.square === null;
  if (data.square) {
    square.style.setProperty("--row", data.square[0]);
    square.style.setProperty("--column", data.square[1]);
    square.style.setProperty("--size", data.size);
  }

  const tell = (row, column) => {
    const points = data.points[row * SIDE + column];
    const amount = `${Math.abs(points).toFixed(1)} points`;
    const moves = `${points > 0 ? "falls" : "rises"} by ${amount}`;
    return `Covered here, ${data.answer} ${Math.abs(points) < 0.05 ? "stays as it is" : moves}.`;
  };
  pointAtPixels({ picture, point, readout, hint: data.hint, tell });
}

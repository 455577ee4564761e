// A faint digit, white on black as the network gets it, and over it in colour how much each place matters; the worst square is framed.

export default function ({ data, parentElement }) {
  const find = (name) => parentElement.querySelector(name);
  const [picture, square, point] = [".picture", ".square", ".point"].map(find);
  setVariables(picture, { sprite: pngUrl(data.sprite), heat: pngUrl(data.heat) });
  picture.ariaLabel = data.alternative;
  square.hidden = data.square === null;
  if (data.square) {
    const [row, column] = data.square;
    setVariables(square, { row, column, size: data.size });
  }

  const describe = (row, column) => {
    const points = data.points[row * SIDE + column];
    const amount = Math.abs(points).toFixed(1).replace(".", data.words.decimal);
    const change = Math.abs(points) < 0.05 ? "same" : points > 0 ? "falls" : "rises";
    return filled(data.words[change], { digit: data.answer, points: amount });
  };
  pointAtPixels({ picture, point, readout: find(".readout"), hint: data.hint, describe });
}

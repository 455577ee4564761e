// Pointing at the pixels of a picture of 28 × 28: with the mouse, a finger or the arrow keys.

// `describe(row, column)` gives the sentence on a pixel; while none is pointed at, it is `hint`.
function pointAtPixels({ picture, point, readout, hint, describe }) {
  let [row, column] = [SIDE / 2, SIDE / 2];
  const show = (newRow, newColumn) => {
    [row, column] = [newRow, newColumn].map((place) => clamp(place, 0, SIDE - 1));
    setVariables(point, { row, column });
    point.hidden = false;
    readout.textContent = describe(row, column);
  };
  const leave = () => {
    point.hidden = true;
    readout.textContent = hint;
  };
  picture.onpointermove = picture.onpointerdown = (event) => {
    const pixel = picture.getBoundingClientRect().width / SIDE;
    const [x, y] = pointerPosition(event, picture);
    show(Math.floor(y / pixel), Math.floor(x / pixel));
  };
  picture.onblur = leave;
  // A finger that is lifted leaves, too; what it pointed at stays to be read.
  picture.onpointerleave = (event) => event.pointerType === "touch" || leave();
  picture.onkeydown = (event) => {
    if (!(event.key in ARROWS)) return;
    const [right, down] = ARROWS[event.key];
    event.preventDefault();
    show(row + down, column + right);
  };
  leave();
}

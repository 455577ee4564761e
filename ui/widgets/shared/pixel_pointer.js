// Pointing at the pixels of a picture of 28 × 28: with the mouse, a finger or the arrow keys.

const SIDE = 28;
const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

// `tell(row, column)` gives the sentence on a pixel; while none is pointed at, it is `hint`.
function pointAtPixels({ picture, point, readout, hint, tell }) {
  let [row, column] = [SIDE / 2, SIDE / 2];
  const inside = (at) => Math.min(Math.max(at, 0), SIDE - 1);
  const show = (atRow, atColumn) => {
    [row, column] = [inside(atRow), inside(atColumn)];
    point.style.setProperty("--row", row);
    point.style.setProperty("--column", column);
    point.hidden = false;
    readout.textContent = tell(row, column);
  };
  const leave = () => {
    point.hidden = true;
    readout.textContent = hint;
  };
  picture.onpointermove = picture.onpointerdown = (event) => {
    const box = picture.getBoundingClientRect();
    const pixel = box.width / SIDE;
    show(
      Math.floor((event.clientY - box.top) / pixel),
      Math.floor((event.clientX - box.left) / pixel),
    );
  };
  picture.onblur = leave;
  // A finger that is lifted leaves, too; what it pointed at stays to be read.
  picture.onpointerleave = (event) => event.pointerType === "touch" || leave();
  picture.onkeydown = (event) => {
    const move = MOVES[event.key];
    if (!move) return;
    event.preventDefault();
    show(row + move[0], column + move[1]);
  };
  leave();
}

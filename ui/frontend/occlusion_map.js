// A digit, faint, and over it in colour how much each place matters; the worst square is framed.

const SIDE = 28;
const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

export default function ({ data, parentElement }) {
  const picture = parentElement.querySelector(".picture");
  const square = parentElement.querySelector(".square");
  const point = parentElement.querySelector(".point");
  const readout = parentElement.querySelector(".readout");
  let [row, column] = [SIDE / 2, SIDE / 2];

  picture.style.setProperty("--sprite", `url("data:image/png;base64,${data.sprite}")`);
  picture.style.setProperty("--heat", `url("data:image/png;base64,${data.heat}")`);
  picture.setAttribute("aria-label", data.alternative);
  square.hidden = data.square === null;
  if (data.square) {
    square.style.setProperty("--row", data.square[0]);
    square.style.setProperty("--column", data.square[1]);
    square.style.setProperty("--size", data.size);
  }
  leave();

  function show(atRow, atColumn) {
    row = Math.min(Math.max(atRow, 0), SIDE - 1);
    column = Math.min(Math.max(atColumn, 0), SIDE - 1);
    point.style.setProperty("--row", row);
    point.style.setProperty("--column", column);
    point.hidden = false;
    const points = data.points[row * SIDE + column];
    const amount = `${Math.abs(points).toFixed(1)} points`;
    const how = Math.abs(points) < 0.05 ? "stays as it is" : `${points > 0 ? "falls" : "rises"} by ${amount}`;
    readout.textContent = `Covered here, ${data.answer} ${how}.`;
  }
  function leave() {
    point.hidden = true;
    readout.textContent = data.hint;
  }
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
}

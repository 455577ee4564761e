// Counts the presses of two buttons, one back and one forward, and sends the sum.

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".steps");
  root.presses ??= { counter: Math.random(), count: 0 };
  prepare(root.querySelector(".back"), data.back, data.is_first, -1);
  prepare(root.querySelector(".forward"), data.forward, data.is_last, 1);

  function prepare(button, text, isAtEnd, step) {
    button.querySelector("span").textContent = text;
    button.disabled = isAtEnd;
    button.onclick = () => {
      root.presses = { ...root.presses, count: root.presses.count + step };
      setStateValue("presses", root.presses);
    };
  }
}

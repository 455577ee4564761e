// Counts the presses of two buttons, one back and one on, and tells the sum.

export default function ({ data, parentElement, setStateValue }) {
  const [back, on] = [".back", ".on"].map((name) => parentElement.querySelector(name));
  const here = parentElement.querySelector(".steps");
  here.steps ??= { counter: Math.random(), count: 0 };
  ready(back, data.back, data.is_first, -1);
  ready(on, data.on, data.is_last, 1);

  function ready(button, words, isAtEnd, by) {
    button.querySelector("span").textContent = words;
    button.disabled = isAtEnd;
    button.onclick = () => {
      here.steps = { ...here.steps, count: here.steps.count + by };
      setStateValue("steps", here.steps);
    };
  }
}

// Ten buttons; the one that is chosen stays marked, and is marked before the server has answered.

const DIGITS = 10;

export default function ({ data, parentElement, setTriggerValue }) {
  const pad = parentElement.querySelector(".pad");
  pad.ariaLabel = data.label;
  const buttons = matchChildren(pad, DIGITS, (digit) =>
    element("button", { type: "button", textContent: digit, translate: false }),
  );
  buttons.forEach((button) => (button.disabled = !data.isOpen));
  mark(data.chosen);
  letPick(pad, buttons, Math.max(data.chosen, 0), () => DIGITS / 2, (digit) => {
    mark(digit);
    setTriggerValue("picked", digit);
  });

  function mark(chosen) {
    buttons.forEach((button, digit) => (button.ariaPressed = `${digit === chosen}`));
  }
}

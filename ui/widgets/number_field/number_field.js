// A whole number to type or to reach by steps. The visitor leads: until the server has handled the
// number chosen last, the value it sends is about an earlier one.

const WHOLE = /^[-−]?(\d+|\d{1,3}(,\d{3})+)$/;

export default function ({ data, parentElement, setStateValue }) {
  const find = (name) => parentElement.querySelector(name);
  const [field, input, problem] = [find(".field"), find("input"), find(".problem")];
  const { title, value, low, high, handled } = data;
  field.chosen ??= { counter: Math.random(), count: 0, number: value };
  find(".title").textContent = title;
  const answered = handled?.counter === field.chosen.counter ? handled.count : 0;
  if (answered >= field.chosen.count && (value !== field.chosen.number || !input.value)) {
    const isTyping = input.matches(":focus") && input.value !== String(field.chosen.number);
    field.chosen.number = value;
    if (!isTyping) showChosen();
  }
  showRange();

  input.oninput = () => showProblem("");
  input.onchange = take;
  input.onkeydown = (event) => {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (by) step(by);
    else if (event.key === "Enter") take();
    else if (event.key === "Escape") showChosen();
    if (by) event.preventDefault();
  };
  find(".down").onclick = () => step(-1);
  find(".up").onclick = () => step(1);

  function step(by) {
    take();
    choose(clamp(field.chosen.number + by, low, high));
  }

  // Take the number typed; what is no number stays in the field, with the reason below it.
  function take() {
    const text = input.value.trim();
    const number = Number(text.replaceAll(",", "").replace("−", "-"));
    const [lowest, highest] = [low, high].map((end) => end.toLocaleString("en"));
    if (!text) showChosen();
    else if (!WHOLE.test(text)) showProblem("That is not a whole number.");
    else if (number < low || number > high) showProblem(`Choose from ${lowest} to ${highest}.`);
    else choose(number);
  }

  function choose(number) {
    const { counter, count } = field.chosen;
    if (number !== field.chosen.number) {
      field.chosen = { counter, count: count + 1, number };
      setStateValue("chosen", field.chosen);
    }
    showChosen();
    showRange();
  }

  // What is selected stays selected, or the next key would add to the number it was to replace.
  function showChosen() {
    const isSelected = input.value && input.selectionEnd - input.selectionStart === input.value.length;
    input.value = field.chosen.number;
    if (isSelected && input.matches(":focus")) input.select();
    showProblem("");
  }

  function showProblem(text) {
    problem.textContent = text;
    input.ariaInvalid = text ? "true" : "false";
  }

  function showRange() {
    const { number } = field.chosen;
    Object.assign(input, { ariaValueNow: number, ariaValueMin: low, ariaValueMax: high });
    find(".down").disabled = number <= low;
    find(".up").disabled = number >= high;
  }
}

// A link in a line, and a button that copies it.

const SAID_FOR = 4000;

export default function ({ data, parentElement }) {
  const find = (name) => parentElement.querySelector(name);
  const [button, line, said] = [find("button"), find("input"), find(".said")];
  button.textContent = data.label;
  line.setAttribute("aria-label", "The link");
  const link = `${location.origin}${location.pathname}?${new URLSearchParams(data.query)}`;
  if (line.value !== link) {
    line.value = link;
    say("");
  }
  line.onfocus = () => line.select();
  button.onclick = async () => {
    say((await copied(line)) ? "Copied." : "Select the link and copy it: the browser did not.");
  };

  function say(words) {
    said.textContent = words;
    clearTimeout(said.pending);
    if (words) {
      said.pending = setTimeout(() => (said.textContent = ""), SAID_FOR);
    }
  }
}

async function copied(line) {
  try {
    await navigator.clipboard.writeText(line.value);
    return true;
  } catch {
    // Over plain http from another machine there is no clipboard to write to, only the old way.
    line.select();
    return document.execCommand("copy");
  }
}

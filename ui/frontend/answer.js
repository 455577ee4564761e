// Two texts that change in place, so that screen readers notice.

export default function ({ data, parentElement }) {
  for (const name of ["said", "sureness"]) {
    parentElement.querySelector(`.${name}`).textContent = data[name];
  }
}

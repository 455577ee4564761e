// All pictures of a layer: one mask over the text colour.

export default function ({ data, parentElement }) {
  const maps = parentElement.querySelector(".maps");
  maps.style.setProperty("--sprite", `url("data:image/png;base64,${data.sprite}")`);
  maps.style.setProperty("--pixel", `${data.pixel}px`);
  maps.style.setProperty("--width", data.width);
  maps.style.setProperty("--height", data.height);
  maps.setAttribute("role", "img");
  maps.setAttribute("aria-label", data.alternative);
}

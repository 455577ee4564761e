// A picture in two inks, the text colour and the accent: two masks, one above the other in a file.

export default function ({ data, parentElement }) {
  const picture = parentElement.querySelector(".picture");
  picture.style.setProperty("--sprite", `url("data:image/png;base64,${data.sprite}")`);
  picture.style.setProperty("--width", data.width);
  picture.style.setProperty("--height", data.height);
  picture.setAttribute("aria-label", data.alternative);
}

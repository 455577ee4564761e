// Nothing to see: the strokes that the server knows, for live_reader.js.

export default function ({ data, parentElement }) {
  const { host } = parentElement;
  host.told = data;
  host.keeper?.(host);
}

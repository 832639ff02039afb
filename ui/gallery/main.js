// Mounted once for the whole grid (or the whole sample). Called again whenever Python sends new data.

const MOUNTED = new WeakMap();

function makeView(data) {
  const tables = Object.fromEntries(
    Object.entries(data.tables).map(([name, base64]) => [name, bytesOf(base64)]));
  const options = overlayOptions();
  return { options, shared: data.shared, get table() { return tables[options.cmap]; } };
}

export default function mount(component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".gallery");
  const before = MOUNTED.get(root);
  if (before) document.removeEventListener("keydown", before.listener);
  const focused = root.getRootNode().activeElement?.dataset?.id;
  let sent = 0;
  const send = (name, value) => {
    sent += 1;
    setTriggerValue(name, { value, seq: `${Date.now()}-${sent}` });
  };
  const draw = data.mode === "detail" ? drawDetail : drawGrid;
  const onKey = draw(root, data, makeView(data), send);
  if (focused) [...root.querySelectorAll(".card")].find((card) => card.dataset.id === focused)?.focus();
  const listener = (event) => {
    if (!isTyping(event) && onKey(event)) event.preventDefault();
  };
  document.addEventListener("keydown", listener);
  oneHistoryEntry();
  const leave = before?.leave ?? [];
  leave.splice(0).forEach((end) => end());
  if (data.mode === "detail") keepPlace({ sample: data.cards[0]?.id ?? null });
  else leave.push(jumpLink(() => root.querySelector(".card")), before ? () => {} : holdPlace(root));
  MOUNTED.set(root, { listener, leave });
  optionsToUrl();
  return () => {
    document.removeEventListener("keydown", listener);
    leave.splice(0).forEach((end) => end());
  };
}

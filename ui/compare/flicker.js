// Pairs of one picture under the heat of two models: zoomed together, and flicked between by a key.

const STATE = { flick: false, side: 0, scale: 1, x: 0, y: 0 };
const SIDES = ["before", "after"];

function node(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function figureOf(pair, side) {
  const { url, said, problem } = pair[side];
  const figure = node("figure");
  const box = node("div", "cbox");
  if (url) {
    const img = node("img");
    Object.assign(img, { src: url, alt: `${pair.id}, ${side}: ${said}`, draggable: false });
    box.append(img);
  } else box.append(node("div", "fnone", problem));
  const caption = node("figcaption");
  caption.append(node("span", "", side), node("strong", "", said));
  figure.append(box, caption);
  return figure;
}

function paint(root) {
  const reach = (STATE.scale - 1) / 2;
  STATE.x = Math.min(Math.max(STATE.x, -reach), reach);
  STATE.y = Math.min(Math.max(STATE.y, -reach), reach);
  const place = `translate(${STATE.x * 100}%, ${STATE.y * 100}%) scale(${STATE.scale})`;
  for (const img of root.querySelectorAll(".cbox img")) img.style.transform = STATE.scale > 1 ? place : "";
  for (const box of root.querySelectorAll(".cbox")) box.classList.toggle("zoomed", STATE.scale > 1);
  for (const row of root.querySelectorAll(".row")) {
    [...row.children].forEach((figure, i) => { figure.hidden = STATE.flick && i !== STATE.side; });
    row.classList.toggle("n1", STATE.flick);
  }
  const [flick, , zoom] = root.querySelectorAll(".ctools > *");
  flick.setAttribute("aria-pressed", String(STATE.flick));
  zoom.textContent = `${STATE.scale.toFixed(1)}×`;
  root.querySelector("[role=status]").textContent = STATE.flick ? `shown: ${SIDES[STATE.side]}` : "";
}

function actions(root) {
  const then = (change) => () => { change(); paint(root); };
  const zoom = (factor) => then(() => {
    const before = STATE.scale;
    STATE.scale = Math.min(Math.max(before * factor, 1), 12);
    STATE.x *= STATE.scale / before;
    STATE.y *= STATE.scale / before;
  });
  return {
    flick: then(() => { STATE.side = STATE.flick ? 1 - STATE.side : 1; STATE.flick = true; }),
    stop: then(() => { STATE.flick = false; }),
    nearer: zoom(1.3), further: zoom(1 / 1.3), fit: then(() => { STATE.scale = 1; }),
  };
}

function tools(root, act) {
  const row = node("div", "ctools");
  const button = (text, title, action) => {
    const made = node("button", "", text);
    Object.assign(made, { type: "button", title });
    made.addEventListener("click", action);
    return made;
  };
  const said = node("span");
  said.setAttribute("role", "status");
  row.append(
    button("Flicker (f)", "Before and after in one place; each press shows the other", act.flick),
    button("Side by side (s)", "Both again", act.stop),
    node("output", "", "1.0×"), button("+", "Zoom all pictures in (key +)", act.nearer),
    button("−", "Zoom all pictures out (key −)", act.further), button("Fit", "Whole pictures (key 0)", act.fit), said,
  );
  return row;
}

function dragging(box, root) {
  box.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && STATE.scale === 1) return; // let the page scroll
    event.preventDefault();
    STATE.scale = Math.min(Math.max(STATE.scale * (event.deltaY < 0 ? 1.15 : 1 / 1.15), 1), 12);
    paint(root);
  }, { passive: false });
  box.addEventListener("pointerdown", (event) => {
    if (STATE.scale === 1) return;
    box.setPointerCapture(event.pointerId);
    box.onpointermove = (move) => {
      STATE.x += move.movementX / box.clientWidth;
      STATE.y += move.movementY / box.clientHeight;
      paint(root);
    };
    box.onpointerup = () => { box.onpointermove = null; };
    box.onpointercancel = box.onpointerup;
  });
}

const TYPING = "input, textarea, select, [contenteditable], [role=combobox], dialog[open]";

function keyed(act) {
  const keys = { f: act.flick, s: act.stop, "+": act.nearer, "=": act.nearer, "-": act.further, 0: act.fit };
  return (event) => {
    const typing = event.composedPath().some((one) => one instanceof HTMLElement && one.matches(TYPING));
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  };
}

const LISTENING = new WeakMap();

export default function mount({ data, parentElement }) {
  const root = parentElement.querySelector(".flicker");
  const act = actions(root);
  const list = node("div", "fpairs many");
  for (const pair of data.pairs) {
    const entry = node("div", "fpair");
    const row = node("div", "row n2");
    row.append(...SIDES.map((side) => figureOf(pair, side)));
    entry.append(row, node("p", "", pair.note));
    list.append(entry);
  }
  root.replaceChildren(tools(root, act), list);
  root.querySelectorAll(".cbox").forEach((box) => dragging(box, root));
  if (LISTENING.has(root)) document.removeEventListener("keydown", LISTENING.get(root));
  LISTENING.set(root, keyed(act));
  document.addEventListener("keydown", LISTENING.get(root));
  paint(root);
  return () => document.removeEventListener("keydown", LISTENING.get(root));
}

// Controls of the overlay. Everything here redraws in the browser; nothing asks the server.

const TITLES = {
  inferno: "Inferno", magma: "Magma", viridis: "Viridis", cividis: "Cividis",
  jet: "Jet", image: "per picture", percentile: "99th percentile", shared: "one for all",
};
const SHORTCUTS = {
  grid: [["Arrow keys", "move between pictures"], ["Enter", "open the picture"]],
  detail: [
    ["← →", "previous, next sample"], ["+ − 0", "zoom in, out, whole picture"], ["p", "one-to-one pixels"],
    ["w", "dragging moves, or sets window (across) and level (down)"], ["i", "invert"],
  ],
};
const SHARED_SHORTCUTS = [
  ["1 2 3 4", "your verdict"], ["5", "clear it"], ["m", "comment"], ["u", "undo"],
  ["[ ]", "opacity down, up by 10 %"], ["o", "overlay on or off"], ["?", "this list"],
];

function labelled(text, control, hint) {
  const label = element("label", "control");
  label.append(element("span", "name", text), control);
  if (hint) label.title = hint;
  return label;
}

function slider(name, text, redraw, hint) {
  const input = element("input");
  Object.assign(input, { type: "range", min: "0", max: "100", step: "1", value: overlayOptions()[name] });
  input.dataset.option = name;
  const output = element("output", "number", `${input.value} %`);
  input.addEventListener("input", () => {
    setOption(name, input.value);
    output.textContent = `${input.value} %`;
    redraw(name);
  });
  const label = labelled(text, input, hint);
  label.append(output);
  return label;
}

function choice(name, text, redraw, hint) {
  const select = element("select");
  select.dataset.option = name;
  for (const value of CHOICES[name]) {
    const option = element("option", "", TITLES[value]);
    option.value = value;
    option.selected = overlayOptions()[name] === value;
    select.append(option);
  }
  select.addEventListener("change", () => { setOption(name, select.value); redraw(name); });
  return labelled(text, select, hint);
}

function tick(name, text, [on, off], redraw, hint) {
  const box = element("input");
  box.type = "checkbox";
  box.checked = overlayOptions()[name] === on;
  box.dataset.option = name;
  box.addEventListener("change", () => { setOption(name, box.checked ? on : off); redraw(name); });
  const label = element("label", "control tick");
  label.append(box, element("span", "name", text));
  label.title = hint;
  return label;
}

function colourBar(view) {
  const root = element("div", "colourbar");
  const canvas = element("canvas");
  Object.assign(canvas, { width: 256, height: 1 });
  const ends = element("div", "ends number");
  root.append(canvas, ends);
  const draw = () => {
    const image = new ImageData(256, 1);
    for (let i = 0; i < 256; i += 1) {
      for (let c = 0; c < 3; c += 1) image.data[i * 4 + c] = view.table[i * 3 + c];
      image.data[i * 4 + 3] = 255;
    }
    canvas.getContext("2d").putImageData(image, 0, 0);
    const top = { image: "100 % of its own peak", percentile: "100 % of its 99th percentile",
      shared: `${view.shared.toPrecision(3)} raw, for all` }[view.options.scale];
    const middle = view.options.scale === "shared" ? (view.shared / 2).toPrecision(3) : "50";
    ends.replaceChildren(...["0", middle, top].map((text) => element("span", "", text)));
  };
  return { root, draw };
}

function helpSheet(mode) {
  const dialog = element("dialog", "help");
  dialog.setAttribute("aria-label", "Keyboard");
  const list = element("dl");
  for (const [key, what] of [...SHORTCUTS[mode], ...SHARED_SHORTCUTS]) {
    list.append(element("dt", "", key), element("dd", "", what));
  }
  const close = element("button", "quiet", "Close");
  close.type = "button";
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  dialog.append(element("h2", "", "Keyboard"), list, close);
  return dialog;
}

function makeToolbar(view, redraw, mode) {
  const root = element("div", "toolbar");
  root.setAttribute("role", "toolbar");
  root.setAttribute("aria-label", "Overlay");
  const bar = colourBar(view);
  const warning = element("span", "warning",
    "Jet is not perceptually uniform: it draws edges that are not in the map.");
  const changed = (name) => {
    warning.hidden = view.options.cmap !== "jet";
    redraw(name);
    bar.draw();
  };
  const help = helpSheet(mode);
  const helpButton = element("button", "quiet key", "?");
  helpButton.type = "button";
  helpButton.title = "Keyboard shortcuts";
  helpButton.setAttribute("aria-label", "Keyboard shortcuts");
  helpButton.addEventListener("click", () => help.showModal());
  const strength = element("div", "group");
  const marks = element("div", "group");
  strength.append(
    tick("overlay", "Overlay", ["on", "off"], changed, "Show the map over the picture (key o)"),
    slider("alpha", "Opacity", changed, "How strongly the map covers the picture (keys [ and ])"),
    choice("cmap", "Colours", changed),
    choice("scale", "Scale", changed,
      "What the brightest colour means: each picture's own peak, or one value for all pictures"),
    slider("floor", "Hide below", changed, "Leave out heat below this share of the scale"),
  );
  marks.append(
    tick("fade", "Fade cold", ["on", "off"], changed, "Let cold areas become clear, so that the picture stays readable"),
    tick("contour", "Contour 50 %", ["on", "off"], changed, "One line around the heat above half of the peak"),
    tick("outline", "Region", ["on", "off"], changed, "Dashed outline of what counts as the object"),
    tick("grain", "Cells", ["pixelated", "smooth"], changed, "Show the map's own cells instead of a smooth surface"),
    bar.root, helpButton,
  );
  root.append(strength, marks, warning, help);
  warning.hidden = view.options.cmap !== "jet";
  bar.draw();
  return { root, changed, help };
}

// Keys that work anywhere on the page, except while somebody types or moves a slider elsewhere.
function overlayKey(event, toolbar) {
  const option = (name) => toolbar.root.querySelector(`[data-option="${name}"]`);
  if (event.key === "[" || event.key === "]") {
    const input = option("alpha");
    input.value = String(Number(input.value) + (event.key === "]" ? 10 : -10));
    input.dispatchEvent(new Event("input"));
  } else if (event.key === "o") option("overlay").click();
  else if (event.key === "?") toolbar.help.showModal();
  else return false;
  return true;
}

const OWN_ARROWS = "select, input[type=range], [role=slider], [role=radio], [role=radiogroup], [role=tab], [role=option]";
const TEXT = "input:not([type=checkbox]):not([type=range]):not([type=radio]), textarea, dialog[open], [role=combobox]";

function isTyping(event) {
  const bracket = event.key === "[" || event.key === "]"; // needs AltGr on many keyboards
  if ((event.ctrlKey || event.metaKey || event.altKey) && !bracket) return true;
  const taken = event.key.startsWith("Arrow") ? `${OWN_ARROWS}, ${TEXT}` : TEXT;
  return event.composedPath().some((node) => node instanceof HTMLElement
    && (node.matches(taken) || node.isContentEditable));
}

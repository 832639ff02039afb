// Window, level and inversion of the picture, as on a viewing station. The map is never touched.

const SVG = "http://www.w3.org/2000/svg";
const WINDOWS = { // level, width in % of the shown range
  all: ["everything", 50, 100], dark: ["dark half", 25, 50], middle: ["middle half", 50, 50],
  bright: ["bright half", 75, 50], own: ["this picture's own range"],
};
const ACROSS = 400; // pixels of dragging that are 100 %

function svgElement(name, attributes) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

// Shown value = slope × value + intercept, cut off at black and white.
function windowLine({ level, width, invert }) {
  const wide = Math.max(1, Number(width)) / 100;
  const [slope, intercept] = [1 / wide, 0.5 - Number(level) / 100 / wide];
  return invert === "on" ? [-slope, 1 - intercept] : [slope, intercept];
}

// Percentiles 1 and 99 of the picture's brightness, as level and width.
function ownWindow(picture) {
  const canvas = element("canvas");
  const scale = Math.min(1, 256 / Math.max(picture.naturalWidth, picture.naturalHeight, 1));
  canvas.width = Math.max(1, Math.round(picture.naturalWidth * scale));
  canvas.height = Math.max(1, Math.round(picture.naturalHeight * scale));
  const context = canvas.getContext("2d");
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  const values = new Float32Array(data.length / 4);
  for (let i = 0; i < values.length; i += 1) {
    values[i] = 0.299 * data[i * 4] + 0.587 * data[i * 4 + 1] + 0.114 * data[i * 4 + 2];
  }
  values.sort();
  const [low, high] = [0.01, 0.99].map((share) => (100 * values[Math.floor(share * (values.length - 1))]) / 255);
  return [Math.round((low + high) / 2), Math.max(1, Math.round(high - low))];
}

function presets(set, picture) {
  const select = element("select");
  select.append(element("option", "", "choose"));
  for (const [name, [title]] of Object.entries(WINDOWS)) {
    const option = element("option", "", title);
    option.value = name;
    select.append(option);
  }
  select.addEventListener("change", () => {
    const [, level, width] = WINDOWS[select.value] ?? [];
    if (select.value) set(...(level === undefined ? ownWindow(picture) : [level, width]));
    select.selectedIndex = 0;
  });
  return labelled("Window", select, "Which grey values are spread from black to white");
}

// pictures: the img nodes that follow; returns controls, the drag that sets them, and the filter's node.
function makeWindow(pictures, view) {
  const id = "gradcam-window";
  const filter = svgElement("filter", { id, "color-interpolation-filters": "sRGB", x: 0, y: 0, width: 1, height: 1 });
  const transfer = svgElement("feComponentTransfer", {});
  const lines = ["R", "G", "B"].map((channel) => svgElement(`feFunc${channel}`, { type: "linear" }));
  transfer.append(...lines);
  filter.append(transfer);
  const svg = svgElement("svg", { width: 0, height: 0, "aria-hidden": "true", style: "position:absolute" });
  svg.append(filter);
  const apply = () => {
    const [slope, intercept] = windowLine(view.options);
    for (const line of lines) {
      line.setAttribute("slope", slope);
      line.setAttribute("intercept", intercept);
    }
    const plain = slope === 1 && intercept === 0;
    for (const picture of pictures) picture.style.filter = plain ? "" : `url(#${id})`;
  };
  const sliders = ["level", "width"].map((name) => slider(name, name === "level" ? "Level" : "Width", apply,
    name === "level" ? "The grey value that becomes middle grey" : "How many grey values lie between black and white"));
  const set = (...values) => values.forEach((value, i) => {
    const input = sliders[i].querySelector("input");
    input.value = String(Math.round(value));
    input.dispatchEvent(new Event("input"));
  });
  const invert = tick("invert", "Invert", ["on", "off"], apply, "Black becomes white (key i)");
  const drag = (dx, dy, [level, width]) => set(level + (100 * dy) / ACROSS, Math.max(1, width + (100 * dx) / ACROSS));
  apply();
  return {
    svg, drag, controls: [presets(set, pictures[0]), ...sliders, invert],
    now: () => [Number(view.options.level), Number(view.options.width)],
    invert: () => invert.querySelector("input").click(),
  };
}

// Overlay options: chosen in the browser, kept in the URL, never sent to the server.
// One object per document, so that the gallery and the sample page share it without a reload.

const DEFAULTS = {
  overlay: "on", alpha: "70", cmap: "inferno", scale: "image", contour: "off",
  grain: "smooth", floor: "0", fade: "on", outline: "on",
  level: "50", width: "100", invert: "off",
};
const CHOICES = {
  overlay: ["on", "off"], cmap: ["inferno", "magma", "viridis", "cividis", "jet"],
  scale: ["image", "percentile", "shared"], contour: ["on", "off"],
  grain: ["smooth", "pixelated"], fade: ["on", "off"], outline: ["on", "off"],
  invert: ["on", "off"],
};
const STORE = Symbol.for("gradcam-audit.overlay-options");

function validOption(name, text) {
  if (CHOICES[name]) return CHOICES[name].includes(text);
  return /^\d{1,3}$/.test(text) && Number(text) <= 100;
}

function overlayOptions() {
  if (!window[STORE]) {
    const asked = new URLSearchParams(window.location.search);
    const options = { ...DEFAULTS };
    for (const name of Object.keys(DEFAULTS)) {
      const text = asked.get(name);
      if (text !== null && validOption(name, text)) options[name] = text;
    }
    window[STORE] = options;
  }
  return window[STORE];
}

// Streamlit rewrites the query string on its own reruns, so this is called after every render too.
function optionsToUrl() {
  const options = overlayOptions();
  const url = new URL(window.location.href);
  for (const [name, value] of Object.entries(options)) {
    if (value === DEFAULTS[name]) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  if (url.href !== window.location.href) window.history.replaceState(window.history.state, "", url);
}

function setOption(name, value) {
  if (!validOption(name, String(value))) return;
  overlayOptions()[name] = String(value);
  optionsToUrl();
}

function sampleLink(id) {
  const url = new URL(window.location.href);
  url.pathname = url.pathname.replace(/[^/]*$/, "Sample");
  url.searchParams.set("sample", id);
  return url.href;
}

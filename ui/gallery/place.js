// Where the reader was: one history entry per page, the same card and the same scroll on the way back.

const PLACE = "gradcam-audit.gallery";
const WRAPPED = Symbol.for("gradcam-audit.history");
const QUIET = ["sample", "run"]; // what may change without a new step for the Back button

function onlyQuietChanges(from, to) {
  if (from.pathname !== to.pathname) return false;
  const names = new Set([...from.searchParams.keys(), ...to.searchParams.keys()]);
  return [...names].every((name) => {
    const [before, after] = [from.searchParams.getAll(name), to.searchParams.getAll(name)];
    if (before.join("\n") === after.join("\n")) return true;
    return QUIET.includes(name) && (name !== "run" || before.length === 0);
  });
}

// Streamlit pushes an entry whenever Python writes the query string; stepping through samples is one place.
function oneHistoryEntry() {
  if (window[WRAPPED]) return;
  window[WRAPPED] = true;
  const push = window.history.pushState.bind(window.history);
  window.history.pushState = (state, title, url) => {
    const here = new URL(window.location.href);
    const there = new URL(url ?? here.href, here);
    if (onlyQuietChanges(here, there)) window.history.replaceState(state, title, url);
    else push(state, title, url);
  };
}

const scroller = () => document.querySelector('[data-testid="stMain"]') ?? document.scrollingElement;

function galleryKey() {
  const query = new URLSearchParams(window.location.search);
  for (const name of ["sample", ...Object.keys(DEFAULTS)]) query.delete(name);
  query.sort();
  return query.toString();
}

function readPlace() {
  try { return JSON.parse(window.sessionStorage.getItem(PLACE)) ?? {}; } catch { return {}; }
}

function keepPlace(changes) {
  try {
    window.sessionStorage.setItem(PLACE, JSON.stringify({ ...readPlace(), ...changes }));
  } catch { /* a browser that stores nothing forgets the place */ }
}

// Called when the grid appears anew; returns what takes the listener away again.
function holdPlace(root) {
  const place = readPlace();
  const main = scroller();
  const card = [...root.querySelectorAll(".card")].find((one) => one.dataset.id === place.sample);
  const back = () => {
    if (place.key === galleryKey()) main.scrollTop = place.top;
    if (!card) return;
    card.focus({ preventScroll: true });
    const box = card.getBoundingClientRect();
    if (box.top < 0 || box.bottom > window.innerHeight) card.scrollIntoView({ block: "center" });
  };
  if (place.key === galleryKey() || card) [0, 150, 500].forEach((wait) => setTimeout(back, wait));
  keepPlace({ sample: null });
  let held = Date.now();
  const onScroll = () => {
    if (Date.now() - held > 700) keepPlace({ key: galleryKey(), top: main.scrollTop });
  };
  main.addEventListener("scroll", onScroll, { passive: true });
  return () => main.removeEventListener("scroll", onScroll);
}

// The first stop of the Tab key: over the menu and the filters to the pictures.
function jumpLink(first) {
  const link = element("button", "gradcam-jump", "Jump to the first picture");
  link.type = "button";
  const hidden = "position:fixed;left:8px;top:-60px;z-index:999999;padding:8px 14px;background:#fff;"
    + "color:#1b1f24;border:2px solid #0b6e8a;border-radius:6px;font:15px system-ui,sans-serif";
  link.style.cssText = hidden;
  link.addEventListener("focus", () => { link.style.top = "8px"; });
  link.addEventListener("blur", () => { link.style.top = "-60px"; });
  link.addEventListener("click", () => first().focus());
  document.querySelectorAll(".gradcam-jump").forEach((old) => old.remove());
  document.body.prepend(link);
  return () => link.remove();
}

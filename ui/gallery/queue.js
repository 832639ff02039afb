// Verdicts on their way to the server. They stay in the browser until the server has said that it has them,
// through a reload and a lost connection; each has an id, so that sending it twice does no harm.

const QUEUE = "gradcam-audit.verdicts";
const AGAIN_MS = 4000;
const TOGETHER_MS = 400; // quick keys travel together: each message makes the server draw the page anew

function readQueue() {
  try {
    const found = JSON.parse(window.localStorage.getItem(QUEUE));
    return Array.isArray(found) ? found : [];
  } catch { return window[Symbol.for(QUEUE)] ?? []; }
}

function writeQueue(acts) {
  window[Symbol.for(QUEUE)] = acts;
  try { window.localStorage.setItem(QUEUE, JSON.stringify(acts)); } catch { /* kept until the page goes */ }
}

function newId() {
  const bytes = window.crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Who reads here, for the next session: nobody is asked twice in one browser. Who is signed in is known anyway.
function rememberedName(reviews, send) {
  const name = `${QUEUE}.reviewer`;
  try {
    if (reviews.reviewer) window.localStorage.setItem(name, reviews.reviewer);
    else if (window.localStorage.getItem(name)) send("who", window.localStorage.getItem(name));
  } catch { /* asked again */ }
}

// send: hands acts to the server; told: called when there is something new to say. One per mounted view.
function makeQueue(send, told) {
  let run = "";
  let account = ""; // of whoever is signed in: what another one left in this browser waits for that one
  let timer = 0;
  let known = false; // who reads; nobody is asked for a name over and over
  const waiting = () => readQueue().filter((act) => act.run === run && (act.account ?? "") === account);
  const flush = () => {
    clearTimeout(timer);
    const acts = waiting();
    if (!acts.length) return;
    send("review", acts.map(({ run: _, account: __, ...act }) => act));
    if (known) timer = setTimeout(() => { told(); flush(); }, AGAIN_MS);
  };
  return {
    waiting,
    add(act) {
      writeQueue([...readQueue(), { ...act, run, account }]);
      clearTimeout(timer);
      timer = setTimeout(flush, TOGETHER_MS);
    },
    // What the server says: which acts it has. Others are sent again as soon as it knows the reader's name.
    answered(reviews, named) {
      run = reviews.run;
      account = reviews.account;
      writeQueue(readQueue().filter((act) => !reviews.saved.includes(act.id)));
      known = Boolean(reviews.reviewer);
      if (!waiting().length) clearTimeout(timer);
      else if (named) flush();
    },
    stop() { clearTimeout(timer); },
  };
}

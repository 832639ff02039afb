// What the reader said, kept by this browser until it is saved as answers.json.

function openStore(run, audience) {
  const name = `gradcam-audit.answers.${run}.${audience}`;
  const kept = { reviewer: "", given: {} };
  let works = true;
  try {
    const old = JSON.parse(window.localStorage.getItem(name) ?? "null");
    if (old && typeof old.reviewer === "string") kept.reviewer = old.reviewer;
    if (old && typeof old.given === "object" && old.given !== null) kept.given = old.given;
    window.localStorage.setItem(name, JSON.stringify(kept));
  } catch { works = false; }
  const write = () => {
    try { window.localStorage.setItem(name, JSON.stringify(kept)); } catch { works = false; }
  };
  const key = (card) => `${card.id}\n${card.hash}`;
  return {
    works: () => works,
    reviewer: () => kept.reviewer,
    name(text) { kept.reviewer = text; write(); },
    of: (card) => kept.given[key(card)] ?? { verdict: "", comment: "", time: "" },
    put(card, changes) {
      const now = { ...this.of(card), ...changes, time: new Date().toISOString() };
      if (now.verdict || now.comment) kept.given[key(card)] = now;
      else delete kept.given[key(card)];
      write();
    },
  };
}

// The file that the audit reads again: one act for each sample with an answer.
function answersOf(data, store) {
  const acts = data.cards
    .map((card) => ({ sample: card.id, hash: card.hash, ...store.of(card) }))
    .filter((act) => act.verdict)
    .map(({ sample, hash, verdict, comment, time }) => ({ sample, hash, verdict, comment, time }));
  return { format: 1, run: data.run, reviewer: store.reviewer().trim(), acts };
}

function download(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

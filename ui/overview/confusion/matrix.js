// One table: rows the truth, columns the prediction. Labels are untrusted, so text only.
export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".matrix");
  const table = document.createElement("table");
  if (data.labels.length > 6) table.className = "many";
  const add = (row, tag, text, className) => {
    const cell = row.appendChild(document.createElement(tag));
    cell.textContent = text;
    if (className) cell.className = className;
    return cell;
  };
  const percent = (part, whole) => (whole ? `${Math.round((100 * part) / whole)} %` : "–");

  const head = table.createTHead().insertRow();
  add(head, "th", "truth ↓  predicted →", "corner");
  data.labels.forEach((label) => {
    const cell = add(head, "th", label, "column");
    cell.scope = "col";
    cell.title = label;
  });
  add(head, "th", "right", "sum").scope = "col";

  const body = table.createTBody();
  data.counts.forEach((counts, row) => {
    const line = body.insertRow();
    const total = counts.reduce((sum, count) => sum + count, 0);
    const name = add(line, "th", data.labels[row], "row");
    name.scope = "row";
    name.title = data.labels[row];
    const n = name.appendChild(document.createElement("span"));
    n.textContent = `n ${total.toLocaleString("en")}`;
    counts.forEach((count, column) => {
      const cell = line.insertCell();
      if (!count) {
        cell.textContent = "·";
        cell.className = "none";
        return;
      }
      const button = cell.appendChild(document.createElement("button"));
      button.type = "button";
      button.className = row === column ? "same" : "other";
      button.style.setProperty("--share", String(Math.round((60 * count) / total)));
      button.textContent = count.toLocaleString("en");
      button.title = `${data.labels[row]} predicted as ${data.labels[column]}: ${count} (${percent(count, total)} of the row). Open in the gallery.`;
      button.setAttribute("aria-label", button.title);
      button.onclick = () => setTriggerValue("cell", { row, column });
    });
    // the last cell of a folded row holds confusions among the folded classes too: no rate
    add(line, "td", row === data.folded ? "" : percent(counts[row], total), "sum");
  });
  root.replaceChildren(table);
}

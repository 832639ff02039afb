// Rows are classes, columns values of the context. Names are untrusted, so text only.
export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".contexts");
  const table = document.createElement("table");
  const add = (row, tag, text, className) => {
    const cell = row.appendChild(document.createElement(tag));
    cell.textContent = text;
    if (className) cell.className = className;
    return cell;
  };

  const head = table.createTHead().insertRow();
  add(head, "td", "", "corner");
  data.columns.forEach((name) => {
    const cell = add(head, "th", name, "column");
    cell.scope = "col";
    cell.title = name;
  });

  const body = table.createTBody();
  data.rows.forEach((name, row) => {
    const line = body.insertRow();
    const label = add(line, "th", name, "row");
    label.scope = "row";
    label.title = name;
    data.cells[row].forEach((cell, column) => {
      const place = line.insertCell();
      if (!cell) {
        place.textContent = "·";
        place.className = "none";
        return;
      }
      const button = place.appendChild(document.createElement("button"));
      button.type = "button";
      button.disabled = !cell.observed;
      button.className = `${cell.lean > 0 ? "more" : "less"} ${cell.clear ? "clear" : ""} ${cell.few ? "few" : ""}`;
      button.style.setProperty("--lean", String(Math.round(Math.abs(cell.lean) * 100)));
      const ratio = button.appendChild(document.createElement("b"));
      ratio.textContent = `×${cell.ratio}`;
      const count = button.appendChild(document.createElement("span"));
      count.textContent = `${cell.observed} of ${cell.expected}`;
      button.title = cell.said;
      button.setAttribute("aria-label", cell.said);
      button.onclick = () => setTriggerValue("cell", { row, column });
    });
  });
  root.replaceChildren(table);
}

// The address as it is when pressed. Without a secure context browsers lend no clipboard: then it is shown.

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function shownLink(text) {
  const input = document.createElement("input");
  Object.assign(input, { type: "text", readOnly: true, value: text });
  input.setAttribute("aria-label", "Link to what is shown");
  return input;
}

export default function mount({ parentElement }) {
  const root = parentElement.querySelector(".share");
  const [button, said] = [root.querySelector("button"), root.querySelector("span")];
  button.title = "Filters, order, sample and overlay are part of it";
  button.onclick = async () => {
    root.querySelector("input")?.remove();
    const link = window.location.href;
    if (await copied(link)) {
      said.textContent = "Copied";
    } else {
      const input = shownLink(link);
      root.append(input);
      input.select();
      said.textContent = "Copy it from here";
    }
    setTimeout(() => { said.textContent = ""; }, 4000);
  };
}

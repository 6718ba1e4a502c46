// Titles for what is being typed, put into the field's own list. Without JavaScript the field works as it is.
const field = document.querySelector("input[data-suggestions]");
const list = field && document.getElementById(field.getAttribute("list"));
const PAUSE = 150;
let waiting = 0;
let asked = null;

async function offer() {
  const typed = field.value.trim();
  if (typed.length < 2) return;
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(`${field.dataset.suggestions}?q=${encodeURIComponent(typed)}`, { signal: asked.signal });
    if (!answer.ok) return;
    const { titles } = await answer.json();
    list.replaceChildren(...titles.map((title) => Object.assign(document.createElement("option"), { value: title })));
  } catch (error) {
    if (error.name !== "AbortError" && error.name !== "TypeError") throw error; // typed on, or the connection is gone
  }
}

field?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(offer, PAUSE);
});

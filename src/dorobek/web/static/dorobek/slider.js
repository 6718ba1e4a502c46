// A slider beside a field for a number: moving one moves the other. The field keeps the name, the label and the keyboard, so
// the slider is for a finger or a mouse and is not told twice. Without JavaScript the field works as it is.
function slide(field) {
  const slider = Object.assign(document.createElement("input"), {
    type: "range", className: "slider", tabIndex: -1, min: field.min, step: field.step || "1",
    max: Math.max(Number(field.dataset.slider), Number(field.value)),
  });
  slider.value = field.value;
  slider.setAttribute("aria-hidden", "true");
  slider.title = field.labels[0]?.textContent ?? ""; // for a mouse that rests on it
  slider.addEventListener("input", () => { field.value = slider.value; });
  slider.addEventListener("change", (event) => {
    event.stopPropagation(); // the form hears of the field alone, once
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
  field.addEventListener("input", () => { slider.value = field.value; });
  field.after(slider);
  field.removeAttribute("data-slider");
}

const every = (root) => root.querySelectorAll("input[data-slider]").forEach(slide);
every(document);
document.addEventListener("htmx:load", (event) => every(event.target));

// Elements without HTML strings: whatever a person or the service wrote can only ever become text.

/** element("button", {class: "px-button", onclick}, "Undo") */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) put(made, name, value);
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

function put(made, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
  else if (name === "text") made.textContent = value;
  else made.setAttribute(name, value === true ? "" : value);
}

/** Writes text only when it changed: no layout, no announcement otherwise. */
export function say(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

export function show(target, visible) {
  if (target.hidden === visible) target.hidden = !visible;
}

/** A panel's root with its heading; `body` is where the panel puts its content. */
export function section(name, title, note = "") {
  const heading = element("h3", { class: "px-heading", text: title });
  const aside = element("p", { class: "px-note", text: note });
  const head = element("header", { class: "px-head" }, heading, aside);
  const root = element("section", { class: `px-panel px-${name}`, "aria-label": title }, head);
  aside.hidden = note === "";
  return { root, head, heading, aside };
}

export function button(label, onclick, extra = {}) {
  return element("button", { type: "button", class: "px-button", onclick, ...extra }, label);
}

export function toggle(label, checked, onchange) {
  const box = element("input", { type: "checkbox", onchange: () => onchange(box.checked) });
  box.checked = checked;
  return element("label", { class: "px-toggle" }, box, element("span", { text: label }));
}

// Single keys for readers who like them; /keys/ lists them and switches them off (kept in this browser).
const OFF = "keys-off";
const LISTS = { i: "/", u: "/unread/", a: "/active/", n: "/new/", m: "/mine/", d: "/drafts/" };
let awaitsList = false;

const ITEMS = "article.post, li.topic, li.forum, .waiting";
const items = () => [...document.querySelectorAll(ITEMS)];
const focused = () => document.activeElement?.closest(ITEMS);
const follow = (selector) => document.querySelector(selector)?.click();
const isOff = () => {
  try {
    return localStorage.getItem(OFF) === "1";
  } catch {
    return false;
  }
};

function current() {
  return focused() ?? items().find((item) => item.getBoundingClientRect().bottom > 80);
}

function step(by) {
  const all = items();
  const from = focused();
  const next = all[from ? all.indexOf(from) + by : by > 0 ? all.indexOf(current()) : 0];
  if (!next && by > 0) return follow(".flow-end button");
  const target = next?.matches("article, .waiting") ? next : next?.querySelector("h3 a");
  target?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "start" });
}

function reply() {
  const field = document.querySelector("textarea#body");
  if (field) field.focus();
  else follow("a[href$='/new']");
}

async function help() {
  let dialog = document.querySelector("dialog.keys");
  if (!dialog) {
    const answer = await fetch("/keys/");
    if (!answer.ok) return void (location.href = "/keys/");
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    dialog = document.createElement("dialog");
    dialog.className = "keys";
    dialog.append(...page.querySelector("main").childNodes);
    document.body.append(dialog);
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    wireSwitch(dialog);
  }
  dialog.showModal();
}

const ACTIONS = {
  j: () => step(1),
  k: () => step(-1),
  o: () => (current()?.querySelector(".post-in > .folded > summary") ?? current()?.querySelector("h3 a, .post-head a"))?.click(),
  r: reply,
  q: () => current()?.querySelector("[data-quote]")?.click(),
  e: () => current()?.querySelector("[data-edit]")?.click(),
  n: () => [...document.querySelectorAll("a[rel=next]")].at(-1)?.click(), // beyond all that is shown
  p: () => follow("a[rel=prev]"),
  u: () => follow(".crumbs li:last-child a"),
  "?": help,
};

// In the queue: what can be done with the entry that has the focus, and with no other.
const ownOf = (key) => /^[a-z]$/.test(key) && focused()?.querySelector(`[data-key="${key}"]`);

function press(event) {
  const sent = (event.ctrlKey || event.metaKey) && event.key === "Enter" && event.target.closest?.("form[data-send]");
  if (sent) return void sent.requestSubmit();
  const field = event.target.closest?.("input, textarea, select, [contenteditable], dialog");
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || field || isOff()) return;
  if (awaitsList) {
    awaitsList = false;
    if (LISTS[event.key]) location.href = LISTS[event.key];
    return;
  }
  if (event.key === "g") {
    awaitsList = true;
    setTimeout(() => (awaitsList = false), 1500);
  } else if (ownOf(event.key)) {
    event.preventDefault();
    ownOf(event.key).click();
  } else if (ACTIONS[event.key]) {
    event.preventDefault();
    ACTIONS[event.key]();
  }
}

function wireSwitch(root) {
  const box = root.querySelector("[data-keys]");
  if (!box) return;
  box.closest("[hidden]")?.removeAttribute("hidden");
  box.checked = !isOff();
  box.addEventListener("change", () => {
    try {
      localStorage.setItem(OFF, box.checked ? "0" : "1");
    } catch {
      // storage is switched off: the keys stay on
    }
  });
}

document.addEventListener("keydown", press);
wireSwitch(document);

// Continuous reading, where this browser switched it on: near its end a page is joined by the next one.
// Pages are fetched as they are, so what a page does for its reader it does here too.
const KEY = "continuous";
const AUTOMATIC = 5; // pages until a button asks, so that what stands below can be reached
const AHEAD = "200%"; // of the window, below it: pages join out of sight
const PAUSE = 400; // ms between two notes of the place: browsers refuse more than 100 in half a minute

const box = document.querySelector("[data-flow]");
const words = box?.dataset;
const told = Object.assign(document.createElement("p"), { className: "sr", role: "status" });
const end = Object.assign(document.createElement("p"), { className: "flow-end" });
const first = { address: location.pathname + location.search, page: Number(words?.page) };
const pageOf = new WeakMap(); // of an item that came later
let inView = first;
let isOn, isLoading, isNear, hasFailed, timer;
let left = AUTOMATIC;

const isItem = (one) => one.matches("article, li:not(.seam)");
const items = () => [...box.children].filter(isItem);
const topOf = (one) => one.getBoundingClientRect().top;
const name = (item) => item.id || item.querySelector("h3 a")?.getAttribute("href");
const pager = (root) => root.querySelector("[data-flow-nav]");
const following = () => pager(document)?.querySelector("[rel=next]");

function remembered(choice) {
  try {
    if (choice === undefined) return localStorage.getItem(KEY) === "1";
    localStorage.setItem(KEY, choice ? "1" : "0");
  } catch {
    // storage is switched off: the choice holds for this page
  }
  return choice;
}

// Who is busy in the reply or the pager is not pushed away.
function isBusyBelow() {
  const it = document.activeElement;
  const { top, bottom } = it.getBoundingClientRect();
  const isBelow = end.compareDocumentPosition(it) & Node.DOCUMENT_POSITION_FOLLOWING;
  return isBelow && bottom > 0 && top < innerHeight && !it.matches("[data-flow-switch], .flow-end *");
}

function offer(label, text = "") {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: label });
  const hadFocus = end.contains(document.activeElement);
  button.addEventListener("click", () => {
    left = AUTOMATIC;
    load(true);
  });
  end.replaceChildren(text, button);
  if (hadFocus) button.focus();
  told.textContent = text;
}

// The line before a page is the first thing in its first post: a feed holds articles and nothing else.
function join(page, address) {
  const more = page.querySelector("[data-flow]");
  const fresh = [...more.children].filter((one) => !one.id || !document.getElementById(one.id));
  const from = { address, page: Number(more.dataset.page) };
  const count = fresh.length;
  const fill = (text) => text.replace("{n}", from.page || count).replace("{all}", more.dataset.pages);
  for (const one of fresh) pageOf.set(one, from);
  const begin = fresh.find(isItem);
  const seam = Object.assign(document.createElement(begin?.matches("li") ? "li" : "p"), { className: "seam" });
  seam.append(Object.assign(document.createElement("a"), { href: address, textContent: fill(words.seam) }));
  if (begin?.matches("article")) begin.prepend(seam);
  else fresh.unshift(seam);
  box.setAttribute("aria-busy", "true");
  box.append(...fresh);
  pager(document).replaceWith(pager(page) ?? "");
  number();
  box.dispatchEvent(new CustomEvent("grown", { bubbles: true }));
  box.setAttribute("aria-busy", "false");
  told.textContent = fill(words.loaded);
  return begin?.querySelector("h3 a") ?? begin;
}

// A list numbers its items itself.
function number() {
  const all = items();
  if (!all[0]?.matches("article")) return;
  box.setAttribute("role", "feed");
  box.setAttribute("aria-labelledby", (document.querySelector("h1").id ||= "title"));
  all.forEach((item, at) => {
    item.setAttribute("aria-posinset", at + 1);
    item.setAttribute("aria-setsize", all.length);
  });
}

async function load(isAsked) {
  const link = following();
  if (!link || isLoading) return;
  isLoading = true;
  hasFailed = false;
  try {
    const answer = await fetch(link.href);
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!isOn) return;
    const begin = join(page, link.getAttribute("href"));
    if (isAsked) (begin ?? following())?.focus({ preventScroll: true });
    left -= 1;
    if (left || !following()) end.replaceChildren();
    else offer(words.on);
  } catch {
    hasFailed = isOn;
    offer(words.again, `${words.failed} `);
  } finally {
    isLoading = false;
    watch.unobserve(end); // observed anew it says again whether the end is near
    if (isOn) watch.observe(end);
  }
}

function goOn() {
  if (isNear && !end.firstChild && !isBusyBelow()) load();
}

const watch = new IntersectionObserver(
  (seen) => {
    isNear = seen.at(-1).isIntersecting;
    goOn();
  },
  { rootMargin: `0px 0px ${AHEAD}` },
);

// The address is that of the page in view; with it goes the item at a third of the window, for coming back.
function note() {
  clearTimeout(timer);
  timer = undefined;
  const item = items().findLast((one) => topOf(one) <= innerHeight / 3);
  const page = pageOf.get(item) ?? first;
  const place = item && { item: name(item), top: Math.round(topOf(item)) };
  history.replaceState(place, "", page === inView ? location.href : page.address);
  if (page !== inView) markTimeline(page.page);
  inView = page;
  goOn();
}

function markTimeline(page) {
  const points = [...document.querySelectorAll(".timeline a")];
  const here = points.findLast((one) => one.dataset.page <= page);
  for (const one of points) {
    one.parentElement.classList.toggle("here", one === here);
    one.toggleAttribute("aria-current", false);
    if (Number(one.dataset.page) === page) one.setAttribute("aria-current", "page");
  }
}

// Where the page alone is too short for the place, the next one joins it first.
async function comeBack({ item, top }) {
  const found = items().find((one) => name(one) === item);
  const go = () => scrollBy({ top: topOf(found) - top, behavior: "instant" });
  if (!found) return;
  go();
  if (Math.abs(topOf(found) - top) < 2) return;
  await load();
  go();
}

function turn(on) {
  isOn = on;
  left = AUTOMATIC;
  clearTimeout(timer);
  timer = undefined;
  for (const each of document.querySelectorAll("[data-flow-switch]")) each.checked = on;
  history.scrollRestoration = on ? "manual" : "auto";
  watch.disconnect();
  end.replaceChildren();
  end.remove();
  if (!on) return;
  document.body.append(told);
  if (following()) box.after(end);
  number();
  watch.observe(end);
}

if (box) {
  document.addEventListener("change", ({ target }) => target.matches("[data-flow-switch]") && turn(remembered(target.checked)));
  addEventListener("scroll", () => isOn && (timer ??= setTimeout(note, PAUSE)), { passive: true });
  addEventListener("click", () => timer && note(), true);
  addEventListener("pagehide", () => timer && note());
  addEventListener("online", () => hasFailed && load());
  if (remembered()) {
    turn(true);
    if (history.state?.item) comeBack(history.state);
  }
}

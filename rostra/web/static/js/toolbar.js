// The text field, improved: buttons above it, keys in it, lists that go on; what was copied with formatting is Markdown.
const LARGEST = 200_000;
const PATIENCE = 2000;
const ADDRESS = /^(?:https?:\/\/|mailto:)\S+$/i;
const FORMATTED = /<(?:a\s|(?:[ou]l|li|h[1-6]|b|strong|i|em|s|del|blockquote|table|pre|code|img|hr)\b)|font-weight:\s*(?:bold|[6-9]00)|font-style:\s*italic/i;
const ITEM = /^(?:[-*+]|\d{1,9}[.)])\s+/;
const isMac = /Mac|iP(?:hone|ad)/.test(navigator.platform);

// By the browser's own command, so that it can be undone; that works only in the field that has the focus.
function put(field, text, start, end) {
  field.setSelectionRange(start, end);
  if (!text && start === end) return;
  if (document.activeElement === field && document.execCommand(text ? "insertText" : "delete", false, text)) return;
  field.setRangeText(text, start, end, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function chosen({ value, selectionStart: start, selectionEnd: end }) {
  return { value, start, end, text: value.slice(start, end), before: value.slice(0, start), after: value.slice(end) };
}

const lineStart = (value, at) => value.slice(0, at).lastIndexOf("\n") + 1;

function around(field, sign) {
  const { start, end, text, before, after } = chosen(field);
  const size = sign.length;
  const isStrong = sign === "*" && /(?:^|[^*])\*\*$/.test(before); // two stars are not one
  if (text && before.endsWith(sign) && after.startsWith(sign) && !isStrong) {
    put(field, text, start - size, end + size);
    return field.setSelectionRange(start - size, end - size);
  }
  // Each line for itself, its list sign and the spaces at its ends outside.
  const marked = (all, head, words, tail) => (words ? head + sign + words + sign + tail : all);
  const lines = text.split("\n").map((line) => line.replace(/^(\s*(?:(?:>|[-*+]|\d{1,9}[.)])\s+)*)(.*?)(\s*)$/, marked));
  const result = text ? lines.join("\n") : sign + sign;
  put(field, result, start, end);
  if (lines.length > 1 || !result.includes(sign)) field.setSelectionRange(start, start + result.length);
  else field.setSelectionRange(start + result.indexOf(sign) + size, start + result.lastIndexOf(sign));
}

function code(field) {
  const { start, end, text, before, after } = chosen(field);
  if (!text.includes("\n")) return around(field, "`");
  const open = !before || before.endsWith("\n") ? "```\n" : "\n```\n";
  put(field, `${open}${text.replace(/\n$/, "")}\n\`\`\`${after.startsWith("\n") ? "" : "\n"}`, start, end);
}

function lead(field, known, sign) {
  const { value, start, end, text } = chosen(field);
  const from = lineStart(value, start);
  const rest = value.slice(text.endsWith("\n") ? end - 1 : end);
  const to = value.length - rest.length + /^[^\n]*/.exec(rest)[0].length;
  const lines = value.slice(from, to).split("\n");
  const isOn = lines.some((line) => known.test(line)) && lines.every((line) => !line.trim() || known.test(line));
  let number = 0;
  const changed = lines.map((line) => {
    if (isOn) return line.replace(known, "");
    if (sign !== "> " && lines.length > 1 && !line.trim()) return line;
    return (sign || `${++number}. `) + (sign === "> " ? line : line.replace(ITEM, ""));
  });
  const result = changed.join("\n");
  const next = value.slice(to + 1);
  put(field, result + (!isOn && /^[^\n]/.test(next) && !known.test(next) ? "\n" : ""), from, to); // the next line is not of it
  field.setSelectionRange(lines.length > 1 ? from : from + result.length, from + result.length);
}

function link(field) {
  const { start, end, text } = chosen(field);
  const isAddress = ADDRESS.test(text);
  put(field, isAddress ? `[](${text})` : `[${text}]()`, start, end);
  const at = isAddress || !text ? start + 1 : end + 3;
  field.setSelectionRange(at, at);
}

// What a picture shows is asked for: whoever does not see it reads that. The words to write over are chosen.
function picture(field) {
  const { start, end, text } = chosen(field);
  const isAddress = ADDRESS.test(text);
  const words = (!isAddress && text) || document.querySelector(`text-tools[data-for="${field.id}"] [data-words]`).dataset.words;
  const [open, close] = isTagged(field) ? [`[img alt="`, `"]${isAddress ? text : ""}[/img]`] : ["![", `](${isAddress ? text : ""})`];
  put(field, open + words + close, start, end);
  const at = start + open.length;
  if (!isAddress && text) field.setSelectionRange(at + words.length + 2, at + words.length + 2); // the address is missing
  else field.setSelectionRange(at, at + words.length);
}

const DOES = {
  bold: (field) => around(field, "**"),
  italic: (field) => around(field, "*"),
  spoiler: (field) => around(field, "||"),
  link,
  picture,
  code,
  quotation: (field) => lead(field, /^> ?/, "> "),
  list: (field) => lead(field, /^[-*+]\s+/, "- "),
  numbers: (field) => lead(field, /^\d{1,9}[.)]\s+/, ""),
};
// A board that writes BBCode alone: tags around the words.
const TAGS = {
  bold: ["[b]", "[/b]"], italic: ["[i]", "[/i]"], spoiler: ["[spoiler]", "[/spoiler]"], link: ["[url=]", "[/url]"], code: ["[code]", "[/code]"],
  quotation: ["[quote]", "[/quote]"], list: ["[list]\n[*]", "\n[/list]"], numbers: ["[list=1]\n[*]", "\n[/list]"],
};
const isTagged = (field) => document.querySelector(`text-tools[data-for="${field.id}"]`)?.dataset.markup === "bbcode";

function tagged(field, [open, close]) {
  const { start, end, text } = chosen(field);
  put(field, open + (open.endsWith("[*]") ? text.replaceAll("\n", "\n[*]") : text) + close, start, end);
  const at = start + open.length - (open.endsWith("=]") ? 1 : 0);
  field.setSelectionRange(at, open.endsWith("=]") ? at : at + text.length);
}

const act = (field, what) => (isTagged(field) && TAGS[what] ? tagged(field, TAGS[what]) : DOES[what](field));
const KEYS = { b: "bold", i: "italic", k: "link" };

// Enter in a list or quotation begins the next item; in an empty one it ends them, by the empty line that Markdown wants.
function goOn(field, event) {
  const { value, start, end, before, after } = chosen(field);
  const from = lineStart(value, start);
  const line = value.slice(from, start);
  const [head, outer, item, number, point] = /^((?:\s*>)*\s*)((?:[-*+]|(\d{1,9})([.)]))\s+)?/.exec(line);
  const isCode = (before.match(/^ {0,3}(?:```|~~~)/gm)?.length ?? 0) % 2;
  if (start !== end || isCode || isTagged(field) || !(item || outer.includes(">"))) return;
  event.preventDefault();
  if (head === line && !/^[^\n]/.test(after)) put(field, item && outer.trim() ? `${outer.trimEnd()}\n${outer}` : "\n", from, start);
  else put(field, `\n${outer}${number ? `${Number(number) + 1}${point} ` : (item ?? "")}`, start, start);
}

function press(field, event) {
  if (event.isComposing || event.altKey || event.shiftKey) return;
  const isWithControl = isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
  if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) return goOn(field, event);
  // Where the letters are not Latin, the place of the key counts.
  const letter = /^[a-z]$/i.test(event.key) ? event.key : event.code.replace("Key", "");
  const does = isWithControl && KEYS[letter.toLowerCase()];
  if (!does) return;
  event.preventDefault();
  act(field, does);
}

// The plain text comes at once. When the server has answered in time, Markdown takes its place, if it is still there.
async function paste(field, event) {
  const [plain, html] = ["text/plain", "text/html"].map((kind) => event.clipboardData?.getData(kind).replace(/\r\n?/g, "\n") ?? "");
  const { start, end, text } = chosen(field);
  const address = plain.trim();
  if (ADDRESS.test(address)) {
    if (!text.trim() || text.includes("\n") || ADDRESS.test(text)) return;
    event.preventDefault();
    return put(field, isTagged(field) ? `[url=${address}]${text}[/url]` : `[${text}](${address})`, start, end);
  }
  if (isTagged(field) || html.length > LARGEST || !FORMATTED.test(html)) return;
  event.preventDefault();
  put(field, plain, start, end);
  const markdown = await convert(html, field.form.elements.csrfmiddlewaretoken.value);
  const stop = start + plain.length;
  if (!markdown.trim() || markdown === plain || field.value.slice(start, stop) !== plain) return;
  const moved = [field.selectionStart, field.selectionEnd].map((at) => (at <= start && plain ? at : Math.max(at, stop) + markdown.length - plain.length));
  put(field, markdown, start, stop);
  field.setSelectionRange(...moved);
}

async function convert(html, csrfmiddlewaretoken) {
  try {
    const body = new URLSearchParams({ html, csrfmiddlewaretoken });
    const answer = await fetch("/paste", { method: "POST", body, signal: AbortSignal.timeout(PATIENCE) });
    return answer.ok ? await answer.text() : "";
  } catch {
    return ""; // too slow, or nobody is there
  }
}

class TextTools extends HTMLElement {
  connectedCallback() {
    const field = document.getElementById(this.dataset.for);
    if (!field || this.bar) return;
    this.append(this.querySelector("template").content.cloneNode(true));
    this.bar = this.querySelector("[role=toolbar]");
    this.buttons = [...this.bar.querySelectorAll("button")];
    for (const button of this.buttons) this.name(button);
    this.reach(this.buttons[0]);
    this.bar.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    this.bar.addEventListener("keydown", (event) => this.move(event));
    this.bar.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      this.reach(button);
      field.focus({ preventScroll: true });
      act(field, button.dataset.do);
    });
    field.addEventListener("keydown", (event) => press(field, event));
    field.addEventListener("paste", (event) => paste(field, event));
  }

  name(button) {
    const key = Object.keys(KEYS).find((each) => KEYS[each] === button.dataset.do)?.toUpperCase();
    const name = button.getAttribute("aria-label");
    button.title = key ? `${name} (${isMac ? "⌘" : `${this.bar.dataset.ctrl}+`}${key})` : name;
    if (key) button.setAttribute("aria-keyshortcuts", `${isMac ? "Meta" : "Control"}+${key}`);
  }

  // One stop for the Tab key; the arrows go on from there.
  reach(button) {
    for (const each of this.buttons) each.tabIndex = each === button ? 0 : -1;
  }

  move(event) {
    const last = this.buttons.length - 1;
    const at = this.buttons.indexOf(event.target);
    const on = getComputedStyle(this.bar).direction === "rtl" ? -1 : 1;
    const to = { ArrowRight: at + on, ArrowLeft: at - on, Home: 0, End: last }[event.key];
    if (to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const button = this.buttons.at(to > last ? 0 : to);
    this.reach(button);
    button.focus();
  }
}

customElements.define("text-tools", TextTools);

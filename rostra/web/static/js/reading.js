// A topic's page, improved: links are copied, long quotations unfold, quotations go into the reply below.
const words = document.querySelector("[data-words]")?.dataset ?? {};

function say(text) {
  let line = document.querySelector("#said");
  if (!line) {
    line = Object.assign(document.createElement("p"), { id: "said", className: "said" });
    line.setAttribute("role", "status");
    document.body.append(line);
  }
  line.textContent = text;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => (line.textContent = ""), 4000);
}

async function copy(event, link) {
  if (!navigator.clipboard) return;
  event.preventDefault();
  try {
    await navigator.clipboard.writeText(link.href);
    say(words.copied);
  } catch {
    location.href = link.href;
  }
}

function unfold(quotation) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "unfold";
  button.setAttribute("aria-expanded", "false");
  button.textContent = words.more;
  button.addEventListener("click", () => {
    const isOpen = quotation.classList.toggle("open");
    button.setAttribute("aria-expanded", String(isOpen));
    button.textContent = isOpen ? words.less : words.more;
  });
  quotation.append(button);
}

function selected(link) {
  const choice = getSelection();
  const prose = link.closest("article")?.querySelector(".prose");
  if (!prose || choice.isCollapsed || !prose.contains(choice.anchorNode) || !prose.contains(choice.focusNode)) return "";
  return choice.toString().trim();
}

function quoted(text, link) {
  const { quote: number, author } = link.dataset;
  if (document.querySelector("text-tools")?.dataset.markup !== "markdown")
    return `[quote="${author.replace(/["\\]/g, "\\$&")}" post_id=${number}]${text}[/quote]\n\n`;
  const name = author.replace(/([\\`*_[\]<>])/g, "\\$1");
  const lines = [`**${name}** [#${number}](/p/${number}):`, "", ...text.split("\n")];
  return lines.map((line) => `> ${line}`.trimEnd()).join("\n") + "\n\n";
}

async function quote(event, link) {
  const field = document.querySelector("text-composer textarea#body");
  if (!field || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  let text = selected(link);
  if (text) {
    text = quoted(text, link);
  } else {
    try {
      const answer = await fetch(`/p/${link.dataset.quote}/quotation`);
      if (!answer.ok) throw new Error(answer.status);
      text = await answer.text();
    } catch {
      return void (link.href ? (location.href = link.href) : link.form.requestSubmit(link));
    }
  }
  const before = field.value.trimEnd();
  field.value = before ? `${before}\n\n${text}` : text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.selectionStart = field.selectionEnd = field.value.length;
  if (!link.closest(".review")) say(words.quoted);
  field.focus({ preventScroll: event.altKey });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-copy], [data-quote]");
  if (!link || event.button) return;
  if ("copy" in link.dataset) copy(event, link);
  else quote(event, link);
});
// Measured when it comes near: to measure all at once is to lay out the whole page before its first line is shown.
const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries)
      if (isIntersecting && target.scrollHeight > target.clientHeight + 8) {
        near.unobserve(target);
        unfold(target);
      }
  },
  { rootMargin: "50%" },
);
// Seen whenever the posts change their size: at first, when a page joins, when the window or the letters are others.
function watch() {
  near.disconnect();
  for (const quotation of document.querySelectorAll(".post .prose > blockquote:not(:has(> .unfold))")) near.observe(quotation);
}
const posts = document.querySelector(".posts");
if (posts) new ResizeObserver(watch).observe(posts);

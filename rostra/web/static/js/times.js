// Times in the zone of this browser, for readers who have not chosen one. The footer says which zone it is.
// The words are those of the page's language; the pattern is the server's, so that nothing moves.
// At once, before the page is first seen: a time that changes later would move what stands beside it.
class LocalTimes extends HTMLElement {
  connectedCallback() {
    const { zone, locale, words } = this.dataset;
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!("follows" in this.dataset) || !own || own === zone) return;
    this.format = (style) => new Intl.DateTimeFormat(locale, { timeZone: own, dateStyle: "medium", timeStyle: style });
    this.short = this.format("short");
    const write = () => this.write([...document.querySelectorAll("time[datetime$=Z]")]);
    write();
    document.addEventListener("grown", write);
    document.addEventListener("pointerover", (event) => this.explain(event.target.closest?.("time[datetime$=Z]")));
    this.textContent = words.replace("{zone}", this.name(locale, own));
  }

  write(times) {
    for (const time of times) time.textContent = this.short.format(new Date(time.dateTime));
  }

  // Another format is slow to make, so only who points at a time waits for it.
  explain(time) {
    if (!time || "exact" in time.dataset) return;
    this.exact ??= this.format("long");
    time.title = this.exact.format(new Date(time.dateTime));
    time.dataset.exact = "";
  }

  name(locale, zone) {
    const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: "longGeneric" });
    return parts.formatToParts().find((part) => part.type === "timeZoneName").value;
  }
}

customElements.define("local-times", LocalTimes);

// Times in the zone of this browser, for readers who have not chosen one. The footer says which zone it is.
// The words are those of the page's language; the pattern is the server's, so that nothing moves.
class LocalTimes extends HTMLElement {
  connectedCallback() {
    const { zone, locale, words } = this.dataset;
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!("follows" in this.dataset) || !own || own === zone) return;
    const options = { timeZone: own, dateStyle: "medium" };
    const short = new Intl.DateTimeFormat(locale, { ...options, timeStyle: "short" });
    const exact = new Intl.DateTimeFormat(locale, { ...options, timeStyle: "long" });
    for (const time of document.querySelectorAll("time[datetime$=Z]")) {
      const moment = new Date(time.dateTime);
      time.textContent = short.format(moment);
      time.title = exact.format(moment);
    }
    this.textContent = words.replace("{zone}", this.name(locale, own));
  }

  name(locale, zone) {
    const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: "longGeneric" });
    return parts.formatToParts().find((part) => part.type === "timeZoneName").value;
  }
}

customElements.define("local-times", LocalTimes);

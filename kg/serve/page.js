// Answers in place: a form is sent, and the main part of the page that comes back is put in.
// Nothing is kept but the parts that were shown, in memory, so that one can go back to them.
"use strict";
{
  const main = document.getElementById("main");
  const shown = [[...main.childNodes]];
  let now = 0;
  let busy = false;

  const put = (nodes) => {
    main.replaceChildren(...nodes);
    const here = main.querySelector("[data-here]") ?? main;
    here.focus({ preventScroll: true });
    here.scrollIntoView({ block: "start" });
  };

  const send = async (form, button) => {
    const body = new URLSearchParams(new FormData(form, button));
    const reply = await fetch(form.action, { method: "POST", body });
    if (!reply.headers.get("content-type")?.startsWith("text/html")) throw new Error("no page");
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    shown.splice(now + 1);
    now = shown.push([...document.adoptNode(page.getElementById("main")).childNodes]) - 1;
    history.pushState(now, "");
    put(shown[now]);
  };

  history.replaceState(0, "");
  addEventListener("popstate", (event) => {
    if (typeof event.state !== "number" || !shown[event.state]) return;
    now = event.state;
    put(shown[now]);
  });

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.method !== "post" || "plain" in form.dataset) return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    main.setAttribute("aria-busy", "true");
    try {
      await send(form, event.submitter);
    } catch {
      // As if there were no script: the browser goes to what the server says.
      form.dataset.plain = "";
      form.requestSubmit(event.submitter);
    } finally {
      busy = false;
      main.removeAttribute("aria-busy");
    }
  });

  // A place in the picture is its button, so that what was typed goes along.
  document.addEventListener("click", (event) => {
    const place = event.target.closest?.("a[data-at]");
    const button = place && [...document.getElementsByName("at")].find((each) => each.value === place.dataset.at);
    if (!button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    button.form.requestSubmit(button);
  });
}

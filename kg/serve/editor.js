// Puts the editor in the place of the form of /sparql; without it the form works as it is.
// Nothing is stored in the browser, and nothing is asked of any other server.
"use strict";
(async () => {
  const form = document.getElementById("sparql");
  const field = document.getElementById("query");
  if (!form || typeof Yasgui === "undefined") return;
  const names = await (await fetch("/sparql/names.json")).json();
  const prefixes = Object.entries(names.prefixes).map(([name, iri]) => `${name}: <${iri}>`);
  const complete = (name, list, more = {}) => Yasgui.Yasqe.forkAutocompleter(more.from ?? name, {
    name, bulk: true, autoShow: false, persistenceId: null, get: () => list, ...more,
  });
  complete("prefixes", prefixes);
  complete("property", names.properties);
  complete("class", names.classes);
  complete("concept", names.concepts, {
    from: "class",
    isValidCompletionPosition: (yasqe) => /^(ft:|<)/.test(yasqe.getCompleteToken().string),
  });
  const place = document.createElement("div");
  place.id = "editor";
  form.before(place);
  const editor = new Yasgui(place, {
    requestConfig: { endpoint: new URL("/sparql", location.href).href, method: "POST", showQueryButton: true },
    persistenceId: null,
    populateFromUrl: false,
    autofocus: false,
    endpointCatalogueOptions: { getData: () => [] },
    yasqe: {
      value: field.value,
      persistenceId: null,
      createShareableLink: undefined,
    },
    yasr: { persistenceId: null, prefixes: names.prefixes },
  });
  form.hidden = true;
  const write = (query) => editor.getTab().getYasqe().setValue(query);
  for (const link of document.querySelectorAll("a[data-query]")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      write(names.queries[link.dataset.query]);
      place.scrollIntoView({ block: "start" });
    });
  }
})();

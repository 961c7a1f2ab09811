// Searches the ideas of a site: words and filters, the state in the address, nothing asked of anybody.
//
// `data/index.js` came before this script, with what rows, filters and most words need. The words of longer texts lie in one
// script for each pair of letters; they are loaded when such a word is typed. Text is only ever set as text, never as markup.
"use strict";

(async () => {
  const PAGE = 30; // rows that are shown at first, and with each "Show more"
  const SKILLS = 5; // skills that a row names; the pages of lists do the same

  const $ = (id) => document.getElementById(id);
  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  // --- Data ---------------------------------------------------------------------------------------------------------------

  const unpack = async (packed) => {
    const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return JSON.parse(await new Response(stream).text());
  };

  // Scripts with data call `push`: those that came before this one have filled an array.
  const early = self.ideasData ?? [];
  if (!early.length || typeof DecompressionStream === "undefined") return; // the lists of the page stay
  const index = await unpack(early[0][1]);

  const waiting = new Map(); // part → what to call with its data
  self.ideasData = { push: ([part, packed]) => unpack(packed).then(waiting.get(part)) };

  // As the program folds words (`src/query/words.rs`): no case, no accents, no apostrophes.
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f'’]/g, "").toLowerCase()
    .replace(/[^\0-\x7f]/gu, (c) => index.letters[c] ?? c);
  const WORD = /(?:(?<!\.)\.)?[\p{Alphabetic}\p{N}]+(?:\.[\p{Alphabetic}\p{N}]+)*(?:\+{2,}|#(?![\p{Alphabetic}\p{N}]))?/gu;
  const words = (text) => fold(text).match(WORD) ?? [];
  const padded = (text) => ` ${words(text).join(" ")} `;

  const skillWords = index.skills.map((names) => padded(names.join(" ")));
  const nameWords = index.names.map(padded);
  const slug = (title) => (title.match(/[a-z0-9]+/gi) ?? []).join("-").toLowerCase();
  const of = index.ideas; // columns
  const ideas = of.titles.map((title, place) => {
    const [head, taken, tail] = of.files[place];
    const [organization, project, skills] = [of.organizations[place], of.projects[place], of.skills[place]];
    return {
      place, title, skills,
      file: index.heads[head] + slug(title).slice(0, taken ?? undefined) + tail,
      organization: index.names[organization], project: index.names[project],
      program: index.programs[of.programs[place]], term: index.terms[of.terms[place]],
      levels: of.levels[place], hours: of.hours[place],
      titleWords: padded(title),
      skillWords: skills.map((skill) => skillWords[skill]).join(""),
      nameWords: (nameWords[organization] ?? "") + (nameWords[project] ?? ""),
    };
  });

  // --- Words of texts -----------------------------------------------------------------------------------------------------

  const known = new Set(index.parts);
  const parts = new Map(); // part → promise of [word, places] pairs
  const partOf = (word) => (/^[a-z0-9]{2}/.test(word) ? word.slice(0, 2) : "_");

  // Lines of a word and the distance from each of its ideas to the next, in base 36.
  const readPart = (text) => text.split("\n").filter(Boolean).map((line) => {
    const [word, ...steps] = line.split(" ");
    let at = 0;
    return [word, steps.map((step) => (at += parseInt(step, 36)))];
  });

  const load = (part) => {
    if (!parts.has(part)) {
      parts.set(part, new Promise((done) => {
        if (!known.has(part)) return done([]);
        waiting.set(part, (text) => done(readPart(text)));
        const script = element("script", { src: `data/words-${part}.js`, onerror: () => done([]) });
        document.head.append(script);
      }));
    }
    return parts.get(part);
  };

  // The ideas whose texts have a word, or one that begins with it: place → worth.
  const inTexts = new Map();
  const findInTexts = async (word) => {
    if (inTexts.has(word)) return;
    const found = new Map();
    if (word.length > 1) {
      for (const [said, places] of await load(partOf(word))) {
        const worth = said === word ? 2 : word.length > 2 && said.startsWith(word) ? 1 : 0;
        if (worth) for (const place of places) found.set(place, Math.max(worth, found.get(place) ?? 0));
      }
    }
    inTexts.set(word, found);
  };

  // --- What is asked: words, and filters as `ideas list` has them -----------------------------------------------------------
  // A filter is a list of groups that must all be met; a group is a list of values of which one is enough. In the address, and
  // on the command line, commas part the values of a group, and a filter that is repeated has several groups.

  const range = (value, compare) => {
    const [from, to] = value.includes("..") ? value.split("..") : [value, value];
    return (said) => (!from || compare(said, from) >= 0) && (!to || compare(said, to) <= 0);
  };
  const isName = (value) => {
    const wanted = padded(value);
    const whole = nameWords.includes(wanted);
    return (name) => name !== undefined && (whole ? padded(name) === wanted : padded(name).includes(wanted));
  };
  const level = (name) => index.levels.indexOf(fold(name));
  const year = (term, like) => term.slice(0, like.length); // 2025 has 2025-3

  // Each filter: its values of an idea, whether a value that is asked for is met, how values are ordered and shown.
  const byName = (a, b) => a.localeCompare(b, "en", { numeric: true });
  const filters = {
    skill: {
      of: (idea) => idea.skills.map((skill) => index.skills[skill][0]),
      test: (value) => {
        const wanted = padded(value);
        const skill = index.skills.findIndex((names) => names.some((name) => padded(name) === wanted));
        return (idea) => idea.skills.includes(skill);
      },
      every: true,
    },
    organization: {
      of: (idea) => (idea.organization === undefined ? [] : [idea.organization]),
      test: (value) => { const is = isName(value); return (idea) => is(idea.organization); },
    },
    project: {
      of: (idea) => (idea.project === undefined ? [] : [idea.project]),
      test: (value) => { const is = isName(value); return (idea) => is(idea.project) || is(idea.organization); },
    },
    program: {
      of: (idea) => (idea.program === undefined ? [] : [idea.program]),
      test: (value) => (idea) => idea.program !== undefined && fold(idea.program) === fold(value.trim()),
    },
    term: {
      of: (idea) => (idea.term === undefined ? [] : [idea.term]),
      test: (value) => {
        const is = range(value.trim(), (term, end) => (year(term, end) < end ? -1 : year(term, end) > end ? 1 : 0));
        return (idea) => idea.term !== undefined && is(idea.term);
      },
      order: (a, b) => byName(b, a),
    },
    difficulty: {
      of: (idea) => idea.levels.map((at) => index.levels[at]),
      test: (value) => { const is = range(value.trim(), (at, end) => at - level(end)); return (idea) => idea.levels.some(is); },
      order: (a, b) => level(a) - level(b),
    },
    hours: {
      of: (idea) => idea.hours.map(String),
      test: (value) => { const is = range(value.trim(), (hours, end) => hours - Number(end)); return (idea) => idea.hours.some(is); },
      more: (values) => index.sizes.slice(0, -1).filter((hours) => values.has(String(hours))).map((hours) => [`..${hours}`, `at most ${hours}`]),
    },
  };

  let state = { q: "", filters: {} }; // filters: name → groups

  const readState = () => {
    const asked = new URLSearchParams(location.hash.length > 1 ? location.hash.slice(1) : location.search);
    state = { q: asked.get("q") ?? "", filters: {} };
    for (const name of Object.keys(filters)) {
      const groups = asked.getAll(name).map((group) => group.split(",").map((value) => value.trim().replaceAll("%2C", ",")).filter(Boolean));
      state.filters[name] = groups.filter((group) => group.length);
    }
  };

  // Commas part values; one inside of a value is escaped once more.
  const writeState = () => {
    const asked = new URLSearchParams();
    if (state.q.trim()) asked.set("q", state.q.trim());
    for (const [name, groups] of Object.entries(state.filters)) for (const group of groups) {
      asked.append(name, group.map((value) => value.replaceAll(",", "%2C")).join(","));
    }
    const hash = asked.toString().replaceAll("%2C", ",");
    // From now on the address says it in one place.
    history.replaceState(null, "", hash ? `#${hash}` : location.pathname.split("/").pop() || "./");
  };

  // --- The answer -----------------------------------------------------------------------------------------------------------

  // How well an idea fits a word; 0 is not at all.
  const worth = (idea, word) => {
    const [whole, begun] = [` ${word} `, ` ${word}`];
    if (idea.titleWords.includes(whole)) return 10;
    if (idea.skillWords.includes(whole)) return 8;
    if (idea.titleWords.includes(begun)) return 6;
    if (idea.nameWords.includes(whole)) return 5;
    if (idea.nameWords.includes(begun)) return 3;
    return inTexts.get(word)?.get(idea.place) ?? 0;
  };
  // A plural asks for its singular, too.
  const forms = (word) => (word.length > 3 && word.endsWith("s") && !word.endsWith("ss") ? [word, word.slice(0, -1)] : [word]);

  const answer = () => {
    const asked = { with: [], without: [] };
    for (const typed of state.q.split(/\s+/)) {
      const excluded = typed.startsWith("-");
      for (const word of words(typed)) asked[excluded ? "without" : "with"].push(forms(word));
    }
    const tests = Object.entries(state.filters).map(([name, groups]) =>
      [name, groups.map((group) => group.map((value) => filters[name].test(value)))]);
    const best = (idea, word) => Math.max(...word.map((form) => worth(idea, form)));
    const found = [];
    const counts = Object.fromEntries(Object.keys(filters).map((name) => [name, new Map()]));
    for (const idea of ideas) {
      let score = 0;
      if (!asked.with.every((word) => { const of = best(idea, word); score += of; return of > 0; })) continue;
      if (asked.without.some((word) => best(idea, word) > 0)) continue;
      const unmet = tests.filter(([, groups]) => !groups.every((group) => group.some((is) => is(idea)))).map(([name]) => name);
      if (!unmet.length) found.push([score, idea]);
      // How many there would be with another value: of a filter whose values add up, all that meet the others are counted.
      for (const [name, filter] of Object.entries(filters)) {
        if (unmet.length && (filter.every || unmet.length > 1 || unmet[0] !== name)) continue;
        for (const value of filter.of(idea)) counts[name].set(value, (counts[name].get(value) ?? 0) + 1);
      }
    }
    found.sort(([a, one], [b, other]) => b - a || one.place - other.place);
    return { found: found.map(([, idea]) => idea), counts };
  };

  // --- What is shown --------------------------------------------------------------------------------------------------------

  const row = (idea) => {
    const { organization, project } = idea;
    const who = project && organization && project !== organization ? `${project} (${organization})` : project ?? organization;
    const skills = idea.skills.slice(0, SKILLS).map((skill) => index.skills[skill][0]).join(", ");
    const more = idea.skills.length > SKILLS ? ` +${idea.skills.length - SKILLS}` : "";
    const facts = [
      who,
      [idea.program, idea.term].filter(Boolean).join(" "),
      idea.levels.map((at) => index.levels[at]).join(" to "),
      idea.hours.length ? `${idea.hours.join(" or ")} hours` : "",
      skills + more,
    ];
    return element("li", {},
      element("a", { href: `ideas/${encodeURIComponent(idea.file)}.html`, dir: "auto", textContent: idea.title }),
      element("p", { className: "meta", textContent: facts.filter(Boolean).join(" · ") }));
  };

  let shown = PAGE;
  let found = [];
  const list = element("ol", { className: "ideas" });
  $("results").replaceChildren(list);

  const drawRows = (from) => {
    list.append(...found.slice(from, shown).map(row));
    $("more").hidden = found.length <= shown;
  };

  const drawFilters = (counts) => {
    for (const [name, filter] of Object.entries(filters)) {
      const select = $(`f-${name}`);
      const values = [...counts[name].entries()].sort(([a], [b]) => (filter.order ?? byName)(a, b));
      const any = state.filters[name].length ? (filter.every ? "and …" : "or …") : "any";
      const more = filter.more?.(counts[name]) ?? [];
      select.replaceChildren(
        new Option(any, ""),
        ...more.map(([value, label]) => new Option(label, value)),
        ...values.map(([value, many]) => new Option(`${value} (${many.toLocaleString("en")})`, value)));
      select.disabled = select.options.length === 1;
    }
    const chosen = [];
    for (const [name, groups] of Object.entries(state.filters)) {
      for (const group of groups) for (const value of group) {
        const button = element("button", { type: "button", textContent: `${name}: ${value}` });
        button.setAttribute("aria-label", `Remove filter ${name}: ${value}`);
        button.addEventListener("click", () => {
          group.splice(group.indexOf(value), 1);
          state.filters[name] = groups.filter((group) => group.length);
          changed();
          ($("chosen").querySelector("button") ?? $("q")).focus();
        });
        chosen.push(element("li", {}, button));
      }
    }
    $("chosen").replaceChildren(...chosen);
    $("chosen").hidden = !chosen.length;
  };

  const say = () => {
    const [many, all] = [found.length, ideas.length].map((number) => number.toLocaleString("en"));
    const asked = state.q.trim() || Object.values(state.filters).some((groups) => groups.length);
    if (!found.length) return `None of ${all} ideas has all of this. Take away a word or a filter.`;
    return asked ? `${many} of ${all} ideas` : `${all} ideas`;
  };

  const draw = () => {
    const answered = answer();
    found = answered.found;
    shown = PAGE;
    list.replaceChildren();
    drawRows(0);
    drawFilters(answered.counts);
  };

  // One announcement for several keystrokes; an answer that is not whole yet is none.
  let announcing;
  const announce = () => {
    clearTimeout(announcing);
    announcing = setTimeout(() => { const text = say(); if ($("count").textContent !== text) $("count").textContent = text; }, 150);
  };

  let turn = 0;
  const show = async () => {
    const mine = ++turn;
    const asked = words(state.q.replaceAll("-", " ")).flatMap(forms);
    draw(); // what titles and skills say, at once
    const missing = asked.filter((word) => !inTexts.has(word));
    await Promise.all(missing.map(findInTexts));
    if (mine !== turn) return; // somebody has typed on
    if (missing.length) draw();
    announce();
  };

  const changed = () => { writeState(); show(); };

  $("search").addEventListener("submit", (event) => event.preventDefault());
  $("q").addEventListener("input", () => { state.q = $("q").value; changed(); });
  for (const name of Object.keys(filters)) {
    $(`f-${name}`).addEventListener("change", (event) => {
      const { value } = event.target;
      const groups = state.filters[name];
      if (!value || groups.some((group) => group.includes(value))) { event.target.value = ""; return; }
      // Skills add up; of the others one is enough.
      if (filters[name].every || !groups.length) groups.push([value]); else groups[0].push(value);
      changed();
      event.target.focus();
    });
  }
  $("more").addEventListener("click", () => {
    const from = shown;
    shown += PAGE;
    drawRows(from);
    list.children[from]?.querySelector("a").focus();
  });

  const start = () => {
    readState();
    $("q").value = state.q;
    show();
  };
  addEventListener("hashchange", start);
  $("filters").open = matchMedia("(min-width: 48rem)").matches;
  $("search").hidden = false;
  start();
})();

// The switch between light and dark, copy buttons, the folders that are folded, and what loads the search. Everything else works without this.
(function () {
  'use strict';
  var root = document.documentElement;
  // the style sheet keeps a place for the switch
  root.classList.add('script');
  var kept = null;
  try { kept = localStorage.getItem('theme'); } catch (e) { /* no storage: the system decides */ }
  // before the first paint, so that nothing flashes
  if (kept === 'light' || kept === 'dark') root.setAttribute('data-theme', kept);

  // what it says, in the site's language; assets begin with it
  var words = window.hornbook_words || {};
  function say(name) { return words[name] || name; }

  function dark() {
    var set = root.getAttribute('data-theme');
    return set ? set === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  }

  function tool(name, parent) {
    var button = document.createElement('button');
    button.type = 'button';
    button.className = name;
    parent.appendChild(button);
    return button;
  }

  // the search is loaded when it is first asked for
  var assets = document.currentScript.src.replace(/[^\/]*$/, '');
  var asked = false;
  function find() {
    if (window.hornbook_find) return window.hornbook_find();
    if (asked) return;
    asked = true;
    // its looks first, so that nothing jumps
    dressed(function () {
      made('script', document.head).src = assets + 'search.js';
      document.head.lastChild.onerror = function () { asked = false; };
    });
  }
  // looks of the search and of previews
  var dress;
  function dressed(then) {
    if (!dress) {
      dress = made('link', document.head);
      dress.rel = 'stylesheet';
      dress.href = assets + 'search.css';
      dress.addEventListener('load', function () { dress.ready = true; });
    }
    if (dress.ready) then();
    else ['load', 'error'].forEach(function (way) { dress.addEventListener(way, then, { once: true }); });
  }
  function keys(event) {
    var at = event.target;
    var writes = at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName);
    var command = event.ctrlKey || event.metaKey || event.altKey;
    if (event.key === 'k' && command && !event.altKey) {
      event.preventDefault();
      find();
    } else if (!command && !writes && !document.querySelector('dialog[open]') && KEYS[event.key]) {
      event.preventDefault();
      KEYS[event.key]();
    }
  }
  var KEYS = {
    '/': find,
    j: function () { section(1); },
    k: function () { section(-1); },
    '[': function () { turn('prev'); },
    ']': function () { turn('next'); },
    t: function () { var button = document.querySelector('.theme'); if (button) button.click(); },
    '?': help
  };
  // the next heading below the top of the window, or the one before
  function section(step) {
    var heads = [].slice.call(document.querySelectorAll('main :is(h2, h3, h4)')).filter(function (head) { return head.checkVisibility ? head.checkVisibility() : true; });
    if (step < 0) heads.reverse();
    var next = heads.find(function (head) { return step * (head.getBoundingClientRect().top - 17) > 3; });
    if (next) next.scrollIntoView(); else if (step < 0) scrollTo(0, 0);
  }
  function turn(way) {
    var link = document.querySelector('.turn [rel=' + way + ']');
    if (link) link.click();
  }
  function help() {
    var box = made('dialog', document.body);
    box.className = 'keys';
    made('h2', box, say('keys'));
    var list = made('dl', box);
    [['/', 'key_search'], ['j k', 'key_sections'], ['[ ]', 'key_notes'], ['t', 'key_theme'], ['?', 'key_help']].forEach(function (row) {
      made('kbd', made('dt', list), row[0]);
      made('dd', list, words[row[1]]);
    });
    var close = tool('close', box);
    close.textContent = say('close');
    close.addEventListener('click', function () { box.close(); });
    box.addEventListener('close', function () { box.remove(); });
    dressed(function () { box.showModal(); });
  }

  function tools() {
    var bar = document.querySelector('.top nav');
    if (!bar) return;
    var box = document.createElement('div');
    box.className = 'tools';
    bar.appendChild(box);
    var search = tool('find', box);
    search.textContent = '⌕\uFE0E';
    search.setAttribute('aria-label', say('search'));
    search.setAttribute('aria-keyshortcuts', '/ Control+K');
    search.title = say('search') + ' (/)';
    search.addEventListener('click', find);
    themeSwitch(tool('theme', box));
  }

  function themeSwitch(button) {
    function show() {
      var to = dark() ? say('light') : say('dark');
      // the mark behind a sign asks for text, not a picture
      button.textContent = (dark() ? '☀' : '☾') + '\uFE0E';
      button.setAttribute('aria-label', to);
      button.title = to;
    }
    button.addEventListener('click', function () {
      var next = dark() ? 'light' : 'dark';
      root.setAttribute('data-theme', next);
      try { localStorage.setItem('theme', next); } catch (e) { /* for this page only */ }
      show();
    });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);
    show();
  }

  // what is in a folded folder is loaded when it is opened: a file has no other way to read another
  var top = assets.replace(/assets\/$/, '');
  function made(name, parent, text) {
    var part = document.createElement(name);
    if (text) part.textContent = text;
    parent.appendChild(part);
    return part;
  }
  function entry(list, href, text, beside) {
    var link = made('a', made('li', list), text);
    link.href = top + href;
    link.dir = 'auto';
    if (beside) made('small', link, beside);
    return link;
  }
  window.hornbook_tree = function (name, content) {
    document.querySelectorAll('details[data-tree="' + name + '"]').forEach(function (part) {
      var list = part.querySelector('ul'), all = list.lastElementChild;
      part.removeAttribute('data-tree');
      content.notes.forEach(function (note) { entry(list, note[0], note[1], note[2]); });
      content.branches.forEach(function (branch) {
        var below = made('details', made('li', list));
        below.dataset.tree = branch[0];
        made('summary', below, branch[1]).dir = 'auto';
        entry(made('ul', below), branch[2], say('all_of_it'));
      });
      list.appendChild(all);
    });
  };
  function grow(event) {
    var part = event.target, name = part.open && part.dataset && part.dataset.tree;
    if (name) made('script', document.head).src = top + 'tree/' + name + '.js';
  }

  // the list of contents says which section is in view
  function follow() {
    var links = [].slice.call(document.querySelectorAll('.toc a')), waits = false;
    var heads = links.map(function (link) { return document.getElementById(decodeURIComponent(link.hash.slice(1))); });
    if (!links.length) return;
    function mark() {
      waits = false;
      var at = 0;
      heads.forEach(function (head, index) { if (head && head.getBoundingClientRect().top < 40) at = index; });
      links.forEach(function (link, index) {
        if (index === at) link.setAttribute('aria-current', 'true'); else link.removeAttribute('aria-current');
      });
    }
    addEventListener('scroll', function () { if (!waits) { waits = true; requestAnimationFrame(mark); } }, { passive: true });
    mark();
  }

  function copyButtons() {
    if (!navigator.clipboard) return;
    document.querySelectorAll('figure.code').forEach(function (figure) {
      var code = figure.querySelector('code');
      var button = tool('copy', figure);
      button.textContent = say('copy');
      button.addEventListener('click', function () {
        navigator.clipboard.writeText(code.textContent).then(function () {
          button.textContent = say('copied');
          setTimeout(function () { button.textContent = say('copy'); }, 1500);
        });
      });
    });
  }

  // headings have a sign that leads to them; it is for the pointer: the list of contents has the same links
  function signs() {
    document.querySelectorAll('.text :is(h2, h3, h4)[id]').forEach(function (head) {
      if (head.closest('.embed')) return;
      var sign = made('a', head);
      sign.className = 'sign';
      sign.href = '#' + encodeURIComponent(head.id);
      sign.tabIndex = -1;
      sign.setAttribute('aria-hidden', 'true');
      sign.title = say('heading_link');
    });
  }

  // what a link within the notebook leads to is shown beside it, out of the texts of the search; a footnote is on the page
  function previews() {
    var box, from, timer, over, values = {}, others = window.hornbook_search;
    window.hornbook_search = function (kind, number, value) {
      values[kind + number] = value;
      if (others) others(kind, number, value);
    };
    function load(name, then) {
      if (values[name]) return then(values[name]);
      var script = made('script', document.head);
      script.onload = function () { script.remove(); if (values[name]) then(values[name]); };
      script.src = top + 'search/' + name + '.js';
    }
    function close() {
      clearTimeout(timer);
      over = null;
      if (!box) return;
      box.remove();
      from.removeAttribute('aria-describedby');
      box = null;
    }
    function later(act, wait) {
      clearTimeout(timer);
      timer = setTimeout(act, wait);
    }
    function show(link, title, text) {
      if (over !== link) return;
      dressed(function () {
        if (over !== link || box) return;
        from = link;
        box = made('div', link.closest('main'));
        box.className = 'preview';
        box.id = 'page:preview';
        box.setAttribute('role', 'tooltip');
        if (title) made('b', box, title).dir = 'auto';
        if (text) made('p', box, text.length > 320 ? text.slice(0, 320).replace(/\s+\S*$/, '') + '…' : text).dir = 'auto';
        link.setAttribute('aria-describedby', box.id);
        var at = link.getClientRects()[0] || link.getBoundingClientRect(), own = box.getBoundingClientRect();
        var above = at.bottom + own.height + 8 > innerHeight && at.top > own.height + 8;
        // it stands at the beginning of what it is placed in
        box.style.top = (above ? at.top - own.height - 6 : at.bottom + 6) - own.top + 'px';
        box.style.left = Math.max(8, Math.min(at.left, root.clientWidth - own.width - 8)) - own.left + 'px';
      });
    }
    function ask(link) {
      if (over === link) return;
      close();
      over = link;
      var url = new URL(link.getAttribute('href'), location.href), anchor = decoded(url.hash);
      if (url.href.split('#')[0] === location.href.split('#')[0]) {
        var note = link.closest('.fn') && document.getElementById(anchor.slice(1));
        if (note) show(link, '', note.textContent.replace(/\s*↩.*/, '').trim());
        return;
      }
      if (url.href.slice(0, top.length) !== top || url.search) return;
      var address = decoded(url.href.slice(top.length).split('#')[0]), hash = 0x811C9DC5;
      for (var i = 0; i < address.length; i++) hash = Math.imul(hash ^ address.charCodeAt(i), 0x01000193) >>> 0;
      load('h' + hash % window.hornbook_parts, function (files) {
        if (files[hash] !== undefined) read(link, address, anchor, files[hash], '', 4);
      });
    }
    // a long note goes on in the next files
    function read(link, address, anchor, file, title, more) {
      load('d' + file, function (notes) {
        var note = notes.find(function (note) { return decoded(note[0]) === address; });
        if (!note) return title && show(link, title, '');
        for (var i = 2; i < note.length; i += 3) {
          if (anchor && decoded(note[i]) !== anchor) continue;
          if (note[i + 2] || note[i + 1] || i + 3 >= note.length) return show(link, anchor && note[i + 1] || note[1], note[i + 2]);
        }
        if (note === notes[notes.length - 1] && more) read(link, address, anchor, file + 1, note[1], more - 1);
        else show(link, note[1], '');
      });
    }
    function linkOf(part) { return part.closest && part.closest('main a[href]:not(.sign, .back, .tag)'); }
    document.addEventListener('pointerover', function (event) {
      if (event.pointerType === 'touch') return;
      var link = linkOf(event.target);
      if (link) later(function () { ask(link); }, 300);
      else if (event.target.closest('.preview')) clearTimeout(timer);
      else if (over && document.activeElement !== over) later(close, 250);
      else if (!over) clearTimeout(timer);
    });
    document.addEventListener('focusin', function (event) {
      var link = linkOf(event.target);
      if (link && link.matches(':focus-visible')) later(function () { ask(link); }, 300); else close();
    });
    document.addEventListener('focusout', close);
    document.addEventListener('keydown', function (event) { if (event.key === 'Escape') close(); });
  }
  function decoded(text) {
    try { return decodeURIComponent(text); } catch (e) { return text; }
  }

  // a link into a folded callout opens it
  function unfold() {
    var id = decoded(location.hash.slice(1));
    var target = id && document.getElementById(id);
    for (var at = target; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true;
    if (target) target.scrollIntoView();
  }

  // what does not scroll is no stop on the way through the page
  function stops() {
    document.querySelectorAll('.scroll, pre, math[display="block"]').forEach(function (box) {
      if (box.scrollWidth > box.clientWidth) box.setAttribute('tabindex', '0');
      else box.removeAttribute('tabindex');
    });
  }

  document.addEventListener('DOMContentLoaded', function () {
    tools();
    copyButtons();
    follow();
    signs();
    previews();
    if (location.hash) unfold();
  });
  document.addEventListener('keydown', keys);
  window.addEventListener('hashchange', unfold);
  // the style sheet is there; what was folded has a width now
  window.addEventListener('load', stops);
  window.addEventListener('resize', stops);
  document.addEventListener('toggle', stops, true);
  document.addEventListener('toggle', grow, true);
})();

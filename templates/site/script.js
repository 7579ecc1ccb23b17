// The switch between light and dark, copy buttons, and what loads the search. Everything else works without this.
(function () {
  'use strict';
  var root = document.documentElement;
  // the style sheet keeps a place for the switch
  root.classList.add('script');
  var kept = null;
  try { kept = localStorage.getItem('theme'); } catch (e) { /* no storage: the system decides */ }
  // before the first paint, so that nothing flashes
  if (kept === 'light' || kept === 'dark') root.setAttribute('data-theme', kept);

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
    var style = document.createElement('link');
    style.rel = 'stylesheet';
    style.href = assets + 'search.css';
    // its looks first, so that nothing jumps
    style.onload = style.onerror = function () {
      var script = document.createElement('script');
      script.src = assets + 'search.js';
      script.onerror = function () { asked = false; };
      document.head.appendChild(script);
    };
    document.head.appendChild(style);
  }
  function keys(event) {
    var at = event.target;
    var writes = at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName);
    var command = (event.ctrlKey || event.metaKey) && !event.altKey && event.key === 'k';
    if (!command && (event.key !== '/' || writes || event.ctrlKey || event.metaKey || event.altKey)) return;
    event.preventDefault();
    find();
  }

  function tools() {
    var bar = document.querySelector('.top nav');
    if (!bar) return;
    var box = document.createElement('div');
    box.className = 'tools';
    bar.appendChild(box);
    var search = tool('find', box);
    search.textContent = '⌕\uFE0E';
    search.setAttribute('aria-label', 'Search');
    search.setAttribute('aria-keyshortcuts', '/ Control+K');
    search.title = 'Search (/)';
    search.addEventListener('click', find);
    themeSwitch(tool('theme', box));
  }

  function themeSwitch(button) {
    function show() {
      var to = dark() ? 'Light' : 'Dark';
      // the mark behind a sign asks for text, not a picture
      button.textContent = (dark() ? '☀' : '☾') + '\uFE0E';
      button.setAttribute('aria-label', to + ' colours');
      button.title = to + ' colours';
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

  function copyButtons() {
    if (!navigator.clipboard) return;
    document.querySelectorAll('figure.code').forEach(function (figure) {
      var code = figure.querySelector('code');
      var button = tool('copy', figure);
      button.textContent = 'Copy';
      button.addEventListener('click', function () {
        navigator.clipboard.writeText(code.textContent).then(function () {
          button.textContent = 'Copied';
          setTimeout(function () { button.textContent = 'Copy'; }, 1500);
        });
      });
    });
  }

  // a link into a folded callout opens it
  function unfold() {
    var id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch (e) { /* as it is written */ }
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
    if (location.hash) unfold();
  });
  document.addEventListener('keydown', keys);
  window.addEventListener('hashchange', unfold);
  // the style sheet is there; what was folded has a width now
  window.addEventListener('load', stops);
  window.addEventListener('resize', stops);
  document.addEventListener('toggle', stops, true);
})();

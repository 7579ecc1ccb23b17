// The search: script.js loads it when somebody asks for it, and it loads the parts of the index that a question needs.
// The files under search/ say how they are made up; the ranking is that of `hornbook search`.
(() => {
  'use strict';
  var base = document.currentScript.src.replace(/assets\/[^\/]*$/, '');
  var NOTES = 8, SECTIONS = 3, WIDTH = 200;

  // Files: each calls this with what it holds.
  var values = {}, asked = {};
  // previews of links read some of them, too
  var others = window.hornbook_search;
  window.hornbook_search = (kind, number, value) => {
    values[kind + number] = value;
    if (others) others(kind, number, value);
  };
  function load(kind, number) {
    var name = kind + number;
    return asked[name] = asked[name] || new Promise((done, failed) => {
      var script = document.createElement('script');
      script.src = base + 'search/' + (kind === 'index' ? kind : name) + '.js';
      script.onload = () => { done(values[name]); };
      script.onerror = () => { delete asked[name]; failed(new Error(script.src)); };
      document.head.appendChild(script);
    });
  }
  function all(list, make) { return Promise.all(list.map(make)); }

  // Numbers as letters.
  var LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_', DIGIT = {};
  for (var i = 0; i < 64; i++) DIGIT[LETTERS[i]] = i;
  function numbers(text) {
    var out = [], number = 0, shift = 0;
    for (var i = 0; i < text.length; i++) {
      var digit = DIGIT[text[i]];
      number += (digit & 31) * Math.pow(2, shift);
      if (digit > 31) shift += 5; else { out.push(number); number = shift = 0; }
    }
    return out;
  }
  function compare(a, b) {
    for (var i = 0; i < a.length && i < b.length; i++) {
      var x = a.codePointAt(i), y = b.codePointAt(i);
      if (x !== y) return x - y;
    }
    return a.length - b.length;
  }

  // The directory.
  var about;
  function open() {
    return load('index', 0).then(value => {
      if (about) return about;
      var units = numbers(value.n), first = [0], begins = numbers(value.d), texts = [], note = 0;
      units.forEach((count, at) => { first.push(first[at] + count); });
      for (var i = 0; i < begins.length; i += 2) {
        note += begins[i];
        texts.push(first[note] + begins[i + 1]);
      }
      var worths = [0];
      for (i = 1; i < 32; i++) worths.push(value.worth[0] * Math.pow(value.worth[1], i - 1));
      var stops = {};
      value.stops.split(' ').forEach(word => { stops[word] = true; });
      return about = {
        words: value.w.split(' '), places: value.p.split(' '), texts: texts, first: first, total: first[units.length],
        notes: units.length, average: value.average, worths: worths, rank: value.rank, stops: stops
      };
    });
  }
  // the last file that begins at or before something
  function fileOf(begins, key, order) {
    var low = 0, high = begins.length;
    while (high - low > 1) {
      var middle = low + high >> 1;
      if (order(begins[middle], key) > 0) high = middle; else low = middle;
    }
    return low;
  }
  function noteOf(unit) { return fileOf(about.first, unit, (a, b) => a - b); }

  // Rows: words with what stands behind them.
  var parsed = {};
  function rows(kind, number) {
    return load(kind, number).then(text => {
      var name = kind + number;
      if (parsed[name]) return parsed[name];
      var found = new Map(), before = [];
      text.split(' ').forEach(row => {
        var bar = row.indexOf('|'), word = before.slice(0, DIGIT[row[0]]).concat(Array.from(row.slice(1, bar)));
        before = word;
        found.set(word.join(''), row.slice(bar + 1));
      });
      if (kind === 'w') found.forEach((row, word) => {
        var parts = row.split('|'), letters = Array.from(word);
        var stems = parts[0] ? parts[0].split(',').map(stem => {
          return letters.slice(0, DIGIT[stem[0]]).join('') + stem.slice(1);
        }) : [word];
        var many = parts[1][0] === '*';
        var row_ = { word: word, stems: stems, places: parts[1], many: many };
        row_.count = many ? numbers(parts[1].slice(1))[0] : parts[1].length / 5;
        found.set(word, row_);
      });
      return parsed[name] = found;
    });
  }
  function row(word) {
    return rows('w', fileOf(about.words, word, compare)).then(found => found.get(word));
  }
  // all rows of the words that begin so, of a few files only
  function beginning(start, most) {
    var from = fileOf(about.words, start, compare), files = [];
    for (var at = from; at < about.words.length && files.length < most; at++) {
      if (at > from && !about.words[at].startsWith(start) && compare(about.words[at], start) > 0) break;
      files.push(at);
    }
    return all(files, file => rows('w', file)).then(found => {
      var list = [];
      found.forEach(file => { file.forEach(row => { if (row.word.startsWith(start)) list.push(row); }); });
      return list;
    });
  }

  // Where a word is: units with what it is worth there, notes with the lengths of the names that have it.
  var read = {};
  function places(word) {
    if (read[word]) return Promise.resolve(read[word]);
    return row(word).then(row => {
      if (!row || !row.places) return '';
      if (!row.many) return row.places;
      return rows('p', fileOf(about.places, word, compare)).then(found => found.get(word) || '');
    }).then(text => {
      var list = numbers(text), at = 0, note = 0, units = new Map(), names = new Map();
      while (at < list.length) {
        var head = list[at++];
        note += Math.floor(head / 4);
        if (head & 2) {
          var lengths = list[at++];
          names.set(note, [lengths & 15, lengths >> 4 & 15, lengths >> 8]);
        }
        for (var more = head & 1, unit = about.first[note]; more; unit++) {
          var entry = list[at++], heads = entry & 2 ? list[at++] : 0;
          unit += Math.floor(entry / 128);
          units.set(unit, [about.worths[entry >> 2 & 31], heads & 15, heads >> 4]);
          more = entry & 1;
        }
      }
      return read[word] = { units: units, names: names };
    });
  }

  // Words as the index has them.
  var UNSPACED = '\\u0E00-\\u0EFF\\u1000-\\u109F\\u1100-\\u11FF\\u1780-\\u17FF\\u2E80-\\u2FDF\\u3005-\\u3007\\u3040-\\u31FF\\u3400-\\u4DBF'
    + '\\u4E00-\\u9FFF\\uF900-\\uFAFF\\uA960-\\uA97F\\uA9E0-\\uA9FF\\uAA60-\\uAA7F\\uAC00-\\uD7FF\\uFF66-\\uFFDC\\u{20000}-\\u{3FFFF}';
  var PIECE = new RegExp('[' + UNSPACED + '][' + UNSPACED + '\\p{M}]*|(?:(?![' + UNSPACED + '])[\\p{Alphabetic}\\p{N}\\p{M}_\\u00AD])+'
    + '|[§¶†‡©®™°€£¥¢₹№‰µ\\u2190-\\u23FF\\u25A0-\\u27BF\\u2B00-\\u2BFF\\u{1F000}-\\u{1FAFF}]', 'gu');
  var IS_UNSPACED = new RegExp('^[' + UNSPACED + ']', 'u');
  var PLAIN = { 'ß': 'ss', 'æ': 'ae', 'œ': 'oe', 'ø': 'o', 'ł': 'l', 'đ': 'd', 'ð': 'd', 'þ': 'th', 'ı': 'i', 'ё': 'е' };
  function fold(word) {
    word = word.toLowerCase().normalize('NFC');
    if (/^[\x00-\x7F]*$/.test(word)) return word;
    return word.replace(/[ßæœøłđðþıё]/g, c => PLAIN[c])
      .replace(/[\u0300-\u036F\u0591-\u05C7\u0610-\u061A\u064B-\u065F\u0670\u0640\u00AD]/g, '')
      .replace(/[\u00C0-\u024F\u0370-\u03FF\u1E00-\u1FFF]/g, c => { return c.normalize('NFD').replace(/\p{M}/gu, ''); })
      .replace(/[\uFB00-\uFB06\uFF01-\uFF9F]/g, c => c.normalize('NFKC').toLowerCase());
  }
  function pieces(text) {
    var out = [];
    (text.match(PIECE) || []).forEach(run => {
      if (IS_UNSPACED.test(run)) {
        var letters = Array.from(run).map(fold).filter(Boolean);
        if (letters.length < 2) return out.push({ form: letters.join(''), open: true });
        for (var i = 1; i < letters.length; i++) out.push({ form: letters[i - 1] + letters[i], pair: true });
        return;
      }
      var bare = run.replace(/^_+|_+$/g, '');
      var parts = bare.replace(/([\p{Ll}\p{N}])(?=\p{Lu})|(\p{Lu})(?=\p{Lu}\p{Ll})/gu, '$1$2_').split('_').filter(Boolean);
      if (bare) out.push({ form: fold(bare.replace(/[_\u00AD]/g, '')), parts: parts.length > 1 ? parts.map(fold) : [], written: run });
    });
    return out;
  }

  // Slips of the fingers.
  function distance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    var two, one = [], row = [];
    for (var j = 0; j <= b.length; j++) row.push(j);
    for (var i = 1; i <= a.length; i++) {
      two = one; one = row; row = [i];
      for (j = 1; j <= b.length; j++) {
        row[j] = Math.min(one[j] + 1, row[j - 1] + 1, one[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], two[j - 2] + 1);
      }
    }
    return row[b.length];
  }
  // two swapped neighbours, or one letter doubled in one of the words
  function isSlip(a, b) {
    var same = 0;
    while (same < a.length && a[same] === b[same]) same++;
    if (!same) return false;
    if (a.length === b.length) return a[same] === b[same + 1] && a[same + 1] === b[same] && a.slice(same + 2) === b.slice(same + 2);
    var long = a.length > b.length ? a : b, short = a.length > b.length ? b : a;
    return long.slice(same + 1) === short.slice(same) && long[same] === long[same - 1];
  }
  // a form that no note has, of a word that some have
  function related(typed) {
    var ends = /^(.{3,}?)(s|es|ed|d|ing|er|ers|e|en|n|ly)$/.exec(typed), known = Promise.resolve(null);
    for (; ends; ends = /^(.{3,}?)(s|es|ed|d|ing|er|ers|e|en|n|ly)$/.exec(ends[1])) {
      [ends[1], ends[1] + 'e', ends[1].replace(/(.)\1$/, '$1'), ends[1].replace(/y$/, 'i')].forEach(word => {
        known = known.then(found => found || row(word));
      });
    }
    return known;
  }
  function nearest(typed) {
    if (typed.length < 4 || !/^\p{L}+$/u.test(typed)) return Promise.resolve(null);
    var starts = about.words.length <= 4 ? [''] : [typed.slice(0, 2), typed[1] + typed[0]];
    return all(starts, start => beginning(start, 8)).then(lists => {
      var near = [], far = [];
      lists.forEach(list => {
        list.forEach(row => {
          var word = row.word;
          if (word.length < 3 || about.stops[word] || !/^\p{L}+$/u.test(word)) return;
          var apart = distance(typed, word, 2);
          if (apart === 1 && (typed.length >= 6 && word.length > 4 || isSlip(typed, word))) near.push(row);
          else if (apart === 2 && typed.length > 6 && word[0] === typed[0]) far.push(row);
        });
      });
      function best(list) {
        list.sort((a, b) => b.count - a.count || compare(a.word, b.word));
        return list[0] || null;
      }
      if (near.length) return best(near);
      var stem = Promise.resolve(null);
      for (var end = Math.max(5, typed.length - 5); end < typed.length; end++) (start => {
        stem = stem.then(shorter => row(start).then(row => row || shorter));
      })(typed.slice(0, end));
      return stem.then(row => row || best(far));
    });
  }

  // A question: words that rank, and conditions.
  function question(text) {
    var words = [], conditions = [];
    text.replace(/["“”]/g, ' ').split(/\s+/).filter(Boolean).forEach(part => {
      var found = /^(-?)(?:(tag|kind|is):(.+)|#(\p{Alphabetic}.*))$/iu.exec(part);
      if (found) conditions.push({ not: !!found[1], key: (found[2] || 'tag').toLowerCase() + ':' + (found[3] || found[4]).toLowerCase().replace(/\|/g, '_') });
      else words.push(part);
    });
    var list = [];
    words.forEach(word => { list = list.concat(pieces(word)); });
    var telling = list.filter(piece => !about.stops[piece.form]);
    return { words: telling.length ? telling : list, conditions: conditions, typed: words.join(' ') };
  }

  function term(word, stems) { return { word: word, stems: stems, forms: {} }; }
  // a typed word as what the notes have
  function terms(piece, last, corrected) {
    return row(piece.form).then(found => {
      if (!found && piece.parts && piece.parts.length) {
        return all(piece.parts, part => { return terms({ form: part, parts: [] }, false, corrected); })
          .then(lists => [].concat.apply([], lists));
      }
      var own = term(piece.form, found ? found.stems : [piece.form]);
      var letters = Array.from(piece.form).length;
      var open = !piece.pair && (piece.open || last && (letters > 2 || letters > 1 && about.words.length <= 4));
      return (open ? beginning(piece.form, 4) : Promise.resolve([])).then(rows => {
        rows.sort((a, b) => b.count - a.count || compare(a.word, b.word));
        var files = {}, stems = [];
        rows.forEach(row => { stems = stems.concat(row.places ? row.word : row.stems); });
        own.begins = stems.filter((stem, at) => {
          var file = fileOf(about.places, stem, compare);
          files[file] = files[file] || Object.keys(files).length < 4;
          return files[file] && at < 50 && stems.indexOf(stem) === at && own.stems.indexOf(stem) < 0;
        });
        own.start = rows.length ? piece.form : '';
        own.last = last && !piece.pair;
        if (found || rows.length || piece.pair) return [own];
        return related(piece.form).then(row => (own.known = row) || nearest(piece.form)).then(row => {
          if (!row) return [own];
          // its own stem is no other word
          if (!own.known && !piece.form.startsWith(row.word)) corrected.push([piece.written || piece.form, row.word]);
          var other = term(row.word, row.stems);
          other.begins = [];
          return [other];
        });
      });
    });
  }
  function merge(lists) {
    var units = new Map(), names = new Map();
    lists.forEach(list => {
      list.units.forEach((entry, unit) => {
        var known = units.get(unit);
        units.set(unit, known ? entry.map((value, at) => Math.max(value, known[at])) : entry);
      });
      list.names.forEach((entry, note) => {
        var known = names.get(note);
        names.set(note, known ? entry.map((value, at) => Math.max(value, known[at])) : entry);
      });
    });
    return { units: units, names: names };
  }
  function sizeOf(note) { return about.first[note + 1] - about.first[note]; }
  // in how many units a word is: in all, in titles, headings, names, other names
  function counts(found) {
    var all = 0, heads = 0, names = [0, 0, 0];
    found.units.forEach((entry, unit) => {
      if (entry[0]) all++;
      if (entry[2]) heads++;
    });
    found.names.forEach((lengths, note) => {
      lengths.forEach((length, at) => { if (length) names[at] += sizeOf(note); });
      if (lengths[0]) {
        all += sizeOf(note);
        for (var unit = about.first[note]; unit < about.first[note + 1]; unit++) {
          var own = found.units.get(unit);
          if (own && own[0]) all--;
        }
      }
    });
    return { all: all, title: names[0], heads: heads, name: names[1], aliases: names[2] };
  }
  function rarity(count) { return Math.log(1 + (about.total - count + 0.5) / (count + 0.5)); }
  function bm25(length, average) {
    var rank = about.rank;
    return (1 + rank.k1) / (1 + rank.k1 * (1 - rank.b + rank.b * length / (average || 1)));
  }

  // The notes that answer, the best first.
  function find(asked, terms) {
    var rank = about.rank, units = new Map(), notes = new Map(), whole = 0;
    function note(at) {
      var known = notes.get(at);
      if (!known) notes.set(at, known = { at: at, base: 0, title: 0, name: 0, mask: 0, units: [] });
      return known;
    }
    function unit(at) {
      var known = units.get(at);
      if (!known) {
        units.set(at, known = { at: at, score: 0, heading: 0, shared: 0, length: 0, mask: 0 });
        note(noteOf(at)).units.push(known);
      }
      return known;
    }
    var known = [];
    terms.forEach((term, nth) => {
      var count = counts(term.found), bit = Math.pow(2, Math.min(nth, 30));
      term.rarity = rarity(Math.max(count.all, term.count || 0));
      whole += term.rarity;
      known.push(bit);
      term.found.names.forEach((lengths, at) => {
        var here = note(at);
        if (lengths[0]) {
          here.base += term.rarity + rank.places[0] * rarity(count.title) * bm25(lengths[0], about.average[0]);
          here.title += term.rarity; here.titled = (here.titled || 0) + 1; here.titleOf = lengths[0];
          here.mask |= bit;
        }
        if (lengths[1]) {
          here.base += rank.places[2] * rarity(count.name) * bm25(lengths[1], about.average[2]);
          here.name += term.rarity; here.named = (here.named || 0) + 1; here.nameOf = lengths[1];
        }
        if (lengths[2]) here.base += rank.places[3] * rarity(count.aliases) * bm25(lengths[2], about.average[3]);
      });
      term.found.units.forEach((entry, at) => {
        var here = unit(at), names = term.found.names.get(noteOf(at));
        if (entry[0]) {
          // its worth counts the title
          here.score += term.rarity * (entry[0] - (names && names[0] ? 1 : 0));
          here.mask |= bit;
        }
        if (entry[2]) here.score += rank.places[1] * rarity(count.heads) * bm25(entry[2], about.average[1]);
        if (entry[1]) { here.heading += term.rarity; here.shared++; here.length = entry[1]; }
      });
      if (term.extra) {
        var extra = counts(term.extra), worth = rank.beginning * Math.min(rarity(extra.all), 1);
        term.extra.units.forEach((entry, at) => { unit(at).score += worth; });
        term.extra.names.forEach((lengths, at) => {
          for (var u = about.first[at]; u < about.first[at + 1]; u++) if (!term.extra.units.has(u)) unit(u).score += worth;
        });
      }
    });
    function exact(weight, shared, words, length) {
      return shared ? weight * shared * Math.pow(shared / whole, 2) * Math.pow(Math.min(words / length, 1), 2) : 0;
    }
    var needed = known.reduce((a, b) => a | b, 0);
    var list = [];
    notes.forEach(here => {
      if (asked.allowed && !asked.allowed(here.at)) return;
      here.base += exact(rank.exact[1], here.title, here.titled, here.titleOf) + exact(rank.exact[2], here.name, here.named, here.nameOf);
      if (asked.alias && asked.alias.names.has(here.at)) here.base += rank.alias * whole;
      here.units.forEach(unit => {
        unit.score += here.base + exact(rank.exact[0], unit.heading, unit.shared, unit.length);
        if (terms.length > 1 && (unit.mask | here.mask) === needed) unit.score += rank.every * whole;
      });
      here.units.sort((a, b) => b.score - a.score || a.at - b.at);
      var scores = here.units.map(unit => unit.score);
      if (here.base > 0) {
        var bare = here.base + (terms.length > 1 && here.mask === needed ? rank.every * whole : 0);
        for (var more = Math.min(3, sizeOf(here.at) - here.units.length); more > 0; more--) scores.push(bare);
        scores.sort((a, b) => b - a);
      }
      here.score = (scores[0] || 0) + 0.3 * ((scores[1] || 0) + (scores[2] || 0));
      if (!here.units.length) here.units.push({ at: about.first[here.at], score: here.base });
      list.push(here);
    });
    if (asked.alias) asked.alias.names.forEach((_, at) => {
      if (!notes.has(at) && (!asked.allowed || asked.allowed(at))) list.push({ at: at, score: rank.alias * whole, units: [{ at: about.first[at] }] });
    });
    return list.sort((a, b) => b.score - a.score || a.at - b.at);
  }

  // What a unit says.
  function textOf(unit) {
    var file = fileOf(about.texts, unit, (a, b) => a - b);
    return load('d', file).then(notes => {
      var at = about.texts[file], found = null;
      notes.forEach(note => {
        for (var i = 2; i < note.length; i += 3, at++) {
          if (at === unit) found = { file: file, href: note[0] + note[i], title: note[1], heading: note[i + 1], text: note[i + 2] };
        }
      });
      return found;
    });
  }
  // where the words of a question stand in a text
  function marks(text, terms) {
    var found = [], run;
    PIECE.lastIndex = 0;
    while ((run = PIECE.exec(text))) {
      var unspaced = IS_UNSPACED.test(run[0]), word = fold(run[0].replace(/[_\u00AD]/g, ''));
      terms.forEach(term => {
        if (unspaced) {
          term.stems.concat(term.begins || []).forEach(stem => {
            for (var at = run[0].indexOf(stem); at >= 0; at = run[0].indexOf(stem, at + 1)) {
              found.push({ from: run.index + at, to: run.index + at + stem.length, term: term });
            }
          });
        } else if (term.forms[word] || term.start && word.startsWith(term.start)) {
          found.push({ from: run.index, to: run.index + run[0].length, term: term });
        }
      });
    }
    return found.sort((a, b) => a.from - b.from);
  }
  function snippet(text, terms) {
    var found = marks(text, terms), best = 0, from = 0;
    found.forEach(mark => {
      var seen = [], worth = 0;
      found.forEach(other => {
        if (other.from >= mark.from && other.to <= mark.from + WIDTH - 60 && seen.indexOf(other.term) < 0) {
          seen.push(other.term);
          worth += other.term.rarity;
        }
      });
      if (worth > best + 1e-9) { best = worth; from = mark.from; }
    });
    var begin = Math.max(0, from - 60), end = Math.min(text.length, begin + WIDTH);
    if (end === text.length) begin = Math.max(0, Math.min(begin, end - WIDTH));
    if (begin > 0) begin = text.indexOf(' ', begin) >= 0 && text.indexOf(' ', begin) < from ? text.indexOf(' ', begin) + 1 : begin;
    if (end < text.length) end = text.lastIndexOf(' ', end) > begin + WIDTH / 2 ? text.lastIndexOf(' ', end) : end;
    var parts = [], at = begin;
    found.forEach(mark => {
      if (mark.to <= at || mark.from < begin || mark.to > end) return;
      if (mark.from > at) parts.push([text.slice(at, mark.from)]);
      parts.push([text.slice(Math.max(mark.from, at), mark.to), true]);
      at = mark.to;
    });
    parts.push([text.slice(at, end)]);
    if (begin > 0) parts.unshift(['…']);
    if (end < text.length) parts.push(['…']);
    return parts;
  }

  // The answer: notes with their best sections.
  function answer(text) {
    return open().then(() => {
      var asked = question(text), corrected = [];
      if (!asked.words.length && !asked.conditions.length) return null;
      return all(asked.words, (piece, nth) => {
        return terms(piece, nth === asked.words.length - 1, corrected);
      }).then(lists => {
        var list = [].concat.apply([], lists);
        return all(list, term => {
          return Promise.all([all(term.stems, places), all(term.begins || [], places), row(term.word)]).then(found => {
            term.found = merge(found[0]);
            var starts = term.stems.every(stem => stem.startsWith(term.word));
            var extra = merge(starts ? found[0].concat(found[1]) : found[1]);
            if (counts(term.found).all * 20 < counts(extra).all) term.found = merge([term.found, extra]);
            else if (term.last) term.extra = extra;
          });
        }).then(() => list);
      }).then(list => {
        var whole = pieces(asked.typed).map(piece => piece.form).join('_');
        return Promise.all([
          whole ? places('=' + whole) : null, all(asked.conditions, condition => places(condition.key)), all(list, forms)
        ]).then(found => {
          asked.alias = found[0];
          if (asked.conditions.length) asked.allowed = note => {
            return asked.conditions.every((condition, nth) => found[1][nth].names.has(note) !== condition.not);
          };
          var notes = find(asked, list);
          if (!list.length) for (var at = 0; at < about.notes; at++) {
            if (asked.allowed(at)) notes.push({ at: at, units: [{ at: about.first[at] }] });
          }
          return all(notes.slice(0, NOTES), note => shown(note, list)).then(hits => {
            return { hits: hits, total: notes.length, corrected: corrected };
          });
        });
      });
    });
  }
  // the forms of a word that a text may have
  function forms(term) {
    term.forms[term.word] = true;
    return all([term.word].concat(term.stems), word => {
      return rows('w', fileOf(about.words, word, compare)).then(found => {
        found.forEach(row => {
          if (row.stems.some(stem => term.stems.indexOf(stem) >= 0)) term.forms[row.word] = true;
        });
      });
    });
  }
  // a note's best section, and others that came with it
  function shown(note, terms) {
    return textOf(note.units[0].at).then(best => {
      var near = note.units.slice(1, 12).filter(unit => {
        return unit.mask && fileOf(about.texts, unit.at, (a, b) => a - b) === best.file;
      });
      return all(near, unit => textOf(unit.at)).then(more => {
        var seen = {}, list = [best].concat(more).filter(section => {
          if (seen[section.href]) return false;
          return seen[section.href] = true;
        });
        list = list.slice(0, SECTIONS);
        list.forEach(section => { section.snippet = snippet(section.text, terms); });
        return list;
      });
    });
  }

  // The dialog.
  function make(name, attributes, parent) {
    var element = document.createElement(name);
    Object.keys(attributes || {}).forEach(key => { element.setAttribute(key, attributes[key]); });
    if (parent) parent.appendChild(element);
    return element;
  }
  // in the site's language
  function say(name, first, second) {
    var sentence = (window.hornbook_words || {})[name] || name;
    return sentence.replace('{}', () => first).replace('{}', () => second);
  }
  var dialog = make('dialog', { 'class': 'search', 'aria-label': say('search') });
  var field = make('input', {
    type: 'search', role: 'combobox', placeholder: say('search'), 'aria-label': say('search_notes'), 'aria-expanded': 'false',
    'aria-controls': 'search:list', 'aria-autocomplete': 'list', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', enterkeyhint: 'go'
  }, dialog);
  var close = make('button', { type: 'button', 'class': 'close' }, dialog);
  close.textContent = say('close');
  var status = make('p', { role: 'status' }, dialog);
  var list = make('div', { id: 'search:list', role: 'listbox', 'aria-label': say('found') }, dialog);
  document.body.appendChild(dialog);
  var HINT = say('hint');
  var turn = 0, at = -1;

  function choose(next) {
    var options = list.children;
    if (options[at]) options[at].setAttribute('aria-selected', 'false');
    at = options.length ? (next + options.length) % options.length : -1;
    if (at < 0) return field.removeAttribute('aria-activedescendant');
    options[at].setAttribute('aria-selected', 'true');
    options[at].scrollIntoView({ block: 'nearest' });
    field.setAttribute('aria-activedescendant', options[at].id);
  }
  function show(found) {
    list.textContent = '';
    at = -1;
    status.textContent = HINT;
    if (found) {
      var count = found.total === 1 ? say('one') : say('many', found.total);
      if (found.total > found.hits.length) count = say('best', found.hits.length, count);
      status.textContent = (found.total ? count : say('nothing')) + found.corrected.map(two => {
        return say('with', two[1], two[0]);
      }).join('') + '.';
      found.hits.forEach(sections => {
        sections.forEach((section, nth) => {
          var option = make('a', {
            role: 'option', id: 'search:' + list.children.length, href: base + section.href, tabindex: '-1', 'aria-selected': 'false', 'class': nth ? 'more' : ''
          }, list);
          var head = make('span', { 'class': 'where', dir: 'auto' }, option);
          if (!nth || !section.heading) make('b', {}, head).textContent = section.title;
          if (section.heading) make('span', {}, head).textContent = section.heading;
          var says = make('span', { 'class': 'says', dir: 'auto' }, option);
          section.snippet.forEach(part => {
            if (part[1]) make('mark', {}, says).textContent = part[0];
            else says.appendChild(document.createTextNode(part[0]));
          });
        });
      });
    }
    field.setAttribute('aria-expanded', String(list.children.length > 0));
    if (list.children.length) choose(0); else field.removeAttribute('aria-activedescendant');
  }
  function search() {
    var mine = ++turn;
    answer(field.value).then(found => {
      if (mine === turn) { show(found); dialog.dataset.for = field.value; }
    }, () => {
      if (mine === turn) status.textContent = say('failed');
    });
  }
  field.addEventListener('input', search);
  field.addEventListener('keydown', event => {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown') choose(at + 1);
    else if (event.key === 'ArrowUp') choose(at - 1);
    // a field of this type would only be emptied
    else if (event.key === 'Escape') dialog.close();
    else if (event.key === 'Enter' && list.children[at]) list.children[at].click();
    else return;
    event.preventDefault();
  });
  list.addEventListener('click', event => {
    // also where it leads to another place on this page
    if (event.target.closest('a') && !event.ctrlKey && !event.metaKey && !event.shiftKey) dialog.close();
  });
  close.addEventListener('click', () => { dialog.close(); });
  dialog.addEventListener('click', event => { if (event.target === dialog) dialog.close(); });

  window.hornbook_find = () => {
    if (!dialog.open) dialog.showModal();
    field.focus();
    field.select();
  };
  show(null);
  window.hornbook_find();
  open().catch(() => { status.textContent = say('failed'); });
})();

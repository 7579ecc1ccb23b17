//! What somebody writes who wishes us ill: notes, front matter, names, settings.
//!
//! Over 400 lines: a list of payloads, which is data.

/// Without HTML: links, names, titles, everything that becomes markup of ours. No parse error may come of it.
pub(crate) const PLAIN: &[(&str, &str)] = &[
    ("link script", "[a](javascript:xss(1)) [b](JaVaScRiPt:xss(1)) [c](<javascript:xss(1)>)"),
    (
        "link entities",
        "[a](&#106;avascript:xss(1)) [b](javascript&colon;xss(1)) [c](java&Tab;script:xss(1)) [d](&#x6A&#x61;vascript:xss(1))",
    ),
    (
        "link blanks",
        "[a](<java\tscript:xss(1)>) [b](<\u{1}javascript:xss(1)>) [c](< javascript:xss(1)>) [d](<\u{a0}javascript:xss(1)>)",
    ),
    (
        "link entity newline",
        "[a](java&NewLine;script:xss(1)) [b](&#10;javascript:xss(1)) [c](javascript&#58;xss(1)) [d](&ZeroWidthSpace;javascript:xss(1))",
    ),
    (
        "link percent",
        "[a](java%0ascript:xss(1)) [b](%6aavascript:xss(1)) [c](javascript%3Axss(1)) [d](%00javascript:xss(1))",
    ),
    (
        "link other schemes",
        "[a](vbscript:xss(1)) [b](data:text/html,<script>xss(1)</script>) [c](blob:xss) [d](filesystem:x) [e](view-source:javascript:xss(1)) [f](jar:x!/) [g](about:blank) [h](ms-cxh-full:x) [i](intent:x)",
    ),
    (
        "link data base64",
        "[a](data:text/html;base64,PHNjcmlwdD54c3MoMSk8L3NjcmlwdD4=) ![b](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9eHNzKDEpPg==)",
    ),
    ("link file", "[a](file:///etc/passwd) ![b](file:///etc/passwd) [[file:///etc/passwd]] ![[file:///etc/hosts]]"),
    (
        "link backslash",
        "[a](\\\\evil.example/x) [b](/\\evil.example/x) [c](//evil.example/x) [d](///evil.example) [e](https:\\\\evil.example)",
    ),
    (
        "link title",
        "[a](plain/other.md \"\\\" onmouseover=\\\"xss(1)\") [b](https://e.example '\" onfocus=xss(1) autofocus x=\"')",
    ),
    (
        "link quote in url",
        "[a](https://e.example/\"onmouseover=xss(1)) [b](<https://e.example/'\"><script>xss(1)</script>>) [c](https://e.example/&quot;onclick=&quot;xss(1))",
    ),
    (
        "link in link",
        "[a [b](javascript:xss(1)) c](https://e.example) [![x](javascript:xss(1))](javascript:xss(2)) [[[a]](javascript:x)]",
    ),
    (
        "autolinks",
        "<javascript:xss(1)> <vbscript:xss(1)> <data:text/html,x> <JAVASCRIPT:xss(1)> <javascript://%0axss(1)> https://e.example/\"onclick=xss(1) www.e.example/'\"><x",
    ),
    ("autolink mail", "<a@b.example?subject=\"onclick=xss(1)> <mailto:a@b.example\"onclick=xss> a@b.example"),
    (
        "reference",
        "[a][r] [r] [b][R ]\n\n[r]: javascript:xss(1) \"t\\\" onclick=xss(1)\"\n[R2]: <data:text/html,x>\n\n[c][r2]",
    ),
    ("reference entities", "[a][é]\n\n[é]: &#x6a;avascript&colon;xss(1) '\"><svg onload=xss(1)>'"),
    (
        "image script",
        "![a](javascript:xss(1)) ![b](data:text/html,x) ![c](vbscript:x) ![d](https://evil.example/x.png) ![e](//evil.example/x.png)",
    ),
    (
        "image alt",
        "![\" onerror=\"xss(1)](img/a.png) ![<img src=x onerror=xss(1)>](img/a.png) ![`\"><script>`](img/a.png)",
    ),
    ("image title", "![a](img/a.png \"x\\\" onload=\\\"xss(1)\") ![b](img/a.png '\"><script>xss(1)</script>')"),
    (
        "image size",
        "![a|300\" onload=xss(1)](img/a.png) ![[a.png|300x200\" onload=\"xss]] ![a|1e9](img/a.png) ![a|-3](img/a.png) ![[a.png|99999999999]]",
    ),
    (
        "wikilink script",
        "[[javascript:xss(1)]] [[javascript:xss(1)|x]] [[JAVASCRIPT:xss(1)\\|x]] [[data:text/html,x|y]] [[vbscript:x|y]] [[java\tscript:xss(1)|x]]",
    ),
    (
        "wikilink label",
        "[[other|<script>xss(1)</script>]] [[other|\" onclick=\"xss(1)]] [[other#\"><svg onload=xss(1)>]] [[\"><script>xss(1)</script>]]",
    ),
    (
        "wikilink anchor",
        "[[#\" onclick=\"xss(1)]] [[other#^\"onclick=xss]] [[#javascript:xss(1)|x]] [[other#javascript:x]]",
    ),
    (
        "embed script",
        "![[javascript:xss(1)]]\n\n![[data:text/html,<script>xss(1)</script>]]\n\n![[https://evil.example/x.png]]\n\n![[x.html]]\n\n![[\"onerror=xss(1).png]]",
    ),
    ("embed of the worst", "![[code fence]]\n\n![[heading markup]]\n\n![[footnotes]]\n\n![[block ids]]"),
    ("embed in words", "words ![[code fence]] and ![[heading markup#b]] words ![[footnotes]]"),
    (
        "heading markup",
        "# <script>xss(1)</script> & \"q\"\n\n## b\n\n## <img src=x onerror=xss(1)>\n\n### [x](javascript:xss(1)) `<b>`\n\n## \" onclick=\"xss(1)",
    ),
    (
        "heading ids",
        "# main\n\n## main\n\n## Main\n\n## h open\n\n## h-links\n\n## h-related\n\n## theme\n\n## __proto__\n\n## constructor",
    ),
    (
        "heading ids of ours",
        "## t:0\n\n- [ ] one\n\n## e1:main\n\n## fn:a\n\n## user-content-x\n\n## ^b\n\npara ^b\n\n## in:plain\n\n## h-recent\n\n## h-tags\n\n## h-notes",
    ),
    ("heading empty", "#\n\n##\n\n## !!!\n\n## ???\n\n## \u{200b}\n\n## 　\n\n###### \u{202e}evil"),
    (
        "code fence",
        "```\"><script>xss(1)</script>\n</code></pre><script>xss(1)</script>\n```\n\n```js\" onclick=\"xss(1)\nx\n```\n\n~~~<img/src=x/onerror=xss(1)>\n</figure>\n~~~",
    ),
    (
        "code fence odd",
        "```html\n<script>xss(1)</script><!--\n```\n\n```{.x onclick=xss(1)}\nx\n```\n\n```math\n</div><script>xss(1)</script>\n```\n\n    </pre><script>xss(1)</script>",
    ),
    ("code inline", "`</code><script>xss(1)</script>` ``<img src=x onerror=xss(1)>`` `\u{1}\u{7f}`"),
    (
        "mermaid",
        "```mermaid\ngraph TD\nA[\"<img src=x onerror=xss(1)>\"] --> B\nclick A \"javascript:xss(1)\"\n</pre><script>xss(1)</script>\n```",
    ),
    (
        "maths",
        "$\\href{javascript:xss(1)}{x}$ $\\text{<script>xss(1)</script>}$ $$\\style{color:red;background:url(javascript:x)}{x}$$ $\\class{x\" onclick=xss(1)}{y}$ $\\cssId{main}{x}$",
    ),
    (
        "maths functions",
        "$\\operatorname{<script>xss(1)</script>}$ $\\operatorname{<img src=x onerror=xss(1)>}x$ $$\\operatorname*{\" onclick=\"}$$ $\\mathop{<b>}$ $\\mathrm{</math>}$ $\\tag{<i>}$ $\\begin{array}{<script>}a\\end{array}$ $\\left< x \\middle< y \\right>$ $\\not< \\big<$",
    ),
    (
        "maths colours",
        "$\\color{red\" onclick=\"xss(1)}x$ $\\textcolor{#f00;background:url(x)}{y}$ $\\colorbox{red}{x}$ $\\unicode{x3c}script$ $\\html{<b>}$",
    ),
    (
        "maths broken",
        "$\\frac{$ $$\\begin{x}<script>xss(1)</script>$$ $\\\"onclick=xss(1)$ $<img src=x onerror=xss(1)>$ $a < b > c & d$ $`</math><script>xss(1)</script>`$",
    ),
    (
        "maths tables",
        "$$\\begin{array}{c|c\" onclick=xss}a&b\\\\c&d\\end{array}$$ $$\\begin{align}a&=b\\\\[1em]c&=d\\end{align}$$ $\\rule{1em\"}{2em}$ $\\hspace{1em\" onclick=xss}x$",
    ),
    (
        "callout type",
        "> [!<script>xss(1)</script>] title\n> body\n\n> [!note\" onclick=\"xss(1)] <b>t\n> body\n\n> [!tip]- [x](javascript:xss(1))\n> body\n\n> [!x|\"onclick=xss]+ y\n> z",
    ),
    (
        "callout title",
        "> [!warning] <svg onload=xss(1)> \"q\" </summary></details><script>xss(1)</script>\n> text\n\n> [!a b c]\n> [!note]\n> > [!note]- \n> > x",
    ),
    (
        "footnotes",
        "a[^x] b[^\"><svg] c[^<script>] d[^x]\n\n[^x]: one [a](javascript:xss(1))\n[^\"><svg]: two\n[^<script>]: three <script-y",
    ),
    (
        "footnote names",
        "a[^main] b[^t:0] c[^fnref:main:1] d[^constructor] e[^MAIN] f[^main-2] g[^main]\n\n[^main]: x\n[^t:0]: y\n[^fnref:main:1]: z\n[^constructor]: c\n[^MAIN]: M\n[^main-2]: two",
    ),
    (
        "footnotes in footnotes",
        "a[^1]\n\n[^1]: x[^2] [^1]\n[^2]: y[^1] [[other]]\n\n    - [ ] task in it\n\n    ## heading in it",
    ),
    (
        "block ids",
        "one ^main\n\ntwo ^Main\n\n- three ^t-0\n- four ^t-0\n\n| a |\n|---|\n| b |\n\n^main\n\nfive ^constructor\n\n[[#^main]] [[#^t-0]]",
    ),
    (
        "table",
        "| <script>xss(1)</script> | [a](javascript:xss(1)) |\n|:-:|--:|\n| \" onclick=\"xss(1) | [[javascript:xss(1)\\|x]] |\n| `a\\|b` | ![x](javascript:y) |\n| </td></table><script> |",
    ),
    (
        "table odd",
        "| a |\n|---|\n\n|a|b|\n|-|-|\n|1|\n|1|2|3|\n\n> | q |\n> |---|\n> | [ ] x |\n\n- | l |\n  |---|\n  | ![[other]] |",
    ),
    (
        "task fields",
        "- [ ] a 📅 2026-01-01\" onclick=\"xss(1) ⏫ 🔁 every <script>xss(1)</script> day\n- [ ] b [due:: \"><script>xss(1)</script>] [priority:: \"x]\n- [x] c ✅ <b>2026\n- [ ] 🔁 every \" onmouseover=xss(1)",
    ),
    (
        "task states",
        "- [\"] quote\n- [<] lt\n- [>] gt\n- [&] amp\n- ['] apostrophe\n- [/] half\n- [\u{1}] control\n- [] none\n-[ ] tight\n[ ] bare\n* [ ] ![x](javascript:y)\n- [ ] <script>x",
    ),
    (
        "task in code",
        "words\n\n    - [ ] in code </code><script>xss(1)</script>\n    - [x] [a](javascript:xss(1))\n      more\n    text <b>",
    ),
    ("tickets", "AB-1 \"AB-2\" <AB-3> [AB-4](javascript:xss(1)) `AB-5` AB-6\"onclick=xss(1)"),
    (
        "tags in words",
        "#a\"onclick=xss(1) #<script>xss #a/../../b #main #constructor #toString #a&b #日本 #javascript:x #_x_ #a/b/c",
    ),
    (
        "templates",
        "{{ 7 * 7 }} {% include \"/etc/passwd\" %} {{ site }} {# x #} {% raw %} {{ body | safe }}\n\n# {{ self }}\n\n```\n{% for x in range(999999999) %}{{ x }}{% endfor %}\n```",
    ),
    (
        "entities",
        "&lt;script&gt;xss(1)&lt;/script&gt; &#60;script&#62; &#x3c;img onerror=x&#x3e; &amp;lt; &bogus; &#0; &#xD800; &#x110000; &#1;",
    ),
    (
        "control characters",
        "a\u{1}b\u{1}c\u{8}d\u{b}e\u{c}f\u{e}g\u{1b}[31mh\u{7f}i\u{80}j\u{85}k\u{9f}l\u{fffe}m\u{ffff}n\u{fdd0}o\u{1fffe}p\u{200b}q\u{202e}r\u{2028}s\u{2029}t\u{feff}u",
    ),
    (
        "control in links",
        "[a\u{1}](other.md \"t\u{1}\u{fffe}\") [[other|x\u{1}\u{ffff}y]] ![a\u{b}](img/a.png) `\u{c}` ```\u{e}``` [x](https://e.example/\u{1}\u{7f}\u{ffff})",
    ),
    (
        "control in heading",
        "# a\u{1}b\u{fffe}c\n\n## d\u{2}e\u{ffff} ^x\u{1}\n\n- [ ] f\u{3}g\n\n> [!no\u{1}te] t\u{2}\n> x",
    ),
    ("cdata", "]]> <![CDATA[ x ]]&gt; ]]>\n\n# ]]><script>xss(1)</script>"),
    (
        "bare brackets",
        "<<<>>> <> </> <!> <? ?> << script > xss(1) < /script> <1> <a< a<b>c <a@b> &&& \\<script\\>xss(1)\\</script\\>",
    ),
    (
        "emphasis around links",
        "*[a](javascript:xss(1))* **[[javascript:x|y]]** ~~![a](data:x)~~ ==[b](vbscript:x)== _<javascript:x>_ *a **b*** c**",
    ),
    ("setext and html names", "<script>\\\n===\n\nx\n\\<style>\n---\n\ny"),
    (
        "deep nesting",
        "> - > - > - > - > > > [x](javascript:y)\n> - > 1. ```\n\n- - - - - - - - [ ] deep\n\n***[**[*[a](javascript:x)*](y)**](z)***",
    ),
    (
        "definition of everything",
        "term\n: definition\n\n<term>\n: x\n\n%% a comment [x](javascript:y) %%\n\n%%\n<script>xss(1)</script>\n%%",
    ),
    (
        "label lines",
        "<script>xss(1)</script>:\n- x\n\n\" onclick=\"xss(1):\n- y\n\nmain:\n- z\n\n==== \"><svg onload=xss(1)> ====\n\n**h-open**\n- a",
    ),
    (
        "dates",
        "# 2026-01-01 <script>xss(1)</script>\n\n## 3.4. \"><svg>\n\n- [ ] x @2026-13-45\"\n\n## Monday, 5 May <b>\n\ntext",
    ),
    ("line ends", "a\r\nb\rc\n\r\n# d\r\n\r\n- [ ] e\r\n\r\n```\r\nf\r\n```\r\n| g |\r\n|---|\r\n| h |\r\n"),
    ("bom inside", "\u{feff}\u{feff}# title\n\n\u{feff}- [ ] x\n\n[\u{feff}javascript:x](\u{feff}javascript:xss(1))"),
];

/// With front matter.
pub(crate) const FRONT: &[(&str, &str)] = &[
    (
        "front title",
        "title: \"</title><script>xss(1)</script>\"\ntags: [a]\ndescription: \"\\\"><script>xss(1)</script>\"",
    ),
    ("front title control", "title: \"a\\u0001b\\uFFFEc\\u0085 ]]> & <\"\ndescription: \"x\\u0001\\uFFFF\""),
    (
        "front tags",
        "tags: ['\" onclick=\"xss(1)', '<script>', '../../x', 'a b', 'index', 'INDEX', 'con', '', '#', 'a/b', 'a-b', 'javascript:x', '%2e%2e']",
    ),
    ("front aliases", "aliases: ['<script>xss(1)</script>', '\" onclick=\"x', \"]]>\"]"),
    (
        "front properties",
        "\"<b onclick=xss(1)>\": \"</dd><script>xss(1)</script>\"\nurl: javascript:xss(1)\nlink: \"[[javascript:xss(1)]]\"\nimage: \"\\\" onerror=\\\"xss(1)\"\nnested: {a: [<x>, {b: <y>}]}",
    ),
    (
        "front kind",
        "kind: \"<script>xss(1)</script>\"\ntype: \"\\\" onclick=\\\"x\"\ncssclasses: [\"\\\" onload=\\\"xss(1)\", main]",
    ),
    ("front language", "lang: \"en\\\" onclick=\\\"x\"\ndir: \"rtl\\\" onclick=\\\"x\"\nlanguage: \"<b>\""),
    ("front language short", "lang: \"\\\"><script>\""),
    ("front dates", "date: \"2026-01-01\\\" onclick=\\\"xss(1)\"\nmodified: \"2026-02-02<script>\"\ncreated: <script>"),
    ("front dates good", "date: 2026-01-01\nmodified: 2026-02-02\ntitle: \"{{ 7*7 }} {% raw %}\""),
    (
        "front canonical",
        "canonical: javascript:xss(1)\npermalink: ../../../evil\nslug: \"../../evil\"\nurl: /etc/passwd\nlayout: \"/etc/passwd\"\ntemplate: ../../book.toml",
    ),
];

/// With HTML of their own: it may stay in parts, and nothing in it may run or leave its place.
pub(crate) const RAW: &[(&str, &str)] = &[
    (
        "script",
        "<script>xss(1)</script> <SCRIPT SRC=//evil.example/x.js></SCRIPT> <script/x>xss(1)</script >\n\n<script>\nxss(1)\n</script>",
    ),
    (
        "script split",
        "<scr<script>ipt>xss(1)</scr</script>ipt>\n\n<<script>xss(1)//<</script>\n\n<script\n>xss(1)</script\n>",
    ),
    (
        "handlers",
        "<img src=x onerror=xss(1)> <b onclick='xss(1)'>x</b> <p onmouseover=xss(1) ONFOCUS=xss(1) tabindex=1 autofocus>y</p> <img/src=x/onerror=xss(1)>",
    ),
    (
        "handlers odd",
        "<img src=\"x\" \"onerror=xss(1)\"> <img src=x onerror\n=\nxss(1)> <b/onclick=xss(1)//>x <img src='x'onerror='xss(1)'>",
    ),
    ("details", "<details open ontoggle=xss(1)><summary onclick=xss(1)>x</summary>y</details>"),
    (
        "urls",
        "<a href=javascript:xss(1)>a</a> <a href=' javascript:xss(1)'>b</a> <a href=\"java\nscript:xss(1)\">c</a> <a href='&#106;avascript:xss(1)'>d</a> <a href=data:text/html,x>e</a> <a href=\"\u{1}javascript:x\">f</a>",
    ),
    (
        "urls of files",
        "<a href=\"file:///etc/passwd\">a</a> <img src=\"file:///etc/passwd\"> <img src=\"../../outside/secret.png\"> <a href=\"/etc/passwd\">b</a> <img src=\"%2e%2e/%2e%2e/outside/secret.png\">",
    ),
    (
        "other hosts",
        "<img src=https://evil.example/x.png> <video src=//evil.example/x.mp4 poster=//evil.example/p.png></video> <audio src=https://evil.example/a.mp3></audio> <img srcset='https://evil.example/x.png 2x'> <picture><source srcset=//evil.example/x.png><img src=x></picture>",
    ),
    (
        "other host by a link",
        "[see](https://evil.example/x.png) <img src=\"https://evil.example/x.png\"> <video src=\"https://evil.example/x.png\"></video>",
    ),
    (
        "style",
        "<style>*{background:url(//evil.example)}</style> <p style=\"position:fixed;inset:0\">x</p> <link rel=stylesheet href=//evil.example/x.css> <div style='expression(xss(1))'>",
    ),
    (
        "frames",
        "<iframe src=javascript:xss(1)></iframe> <iframe srcdoc='<script>xss(1)</script>'></iframe> <object data=javascript:xss(1)></object> <embed src=javascript:xss(1)> <frameset onload=xss(1)> <portal src=x> <fencedframe>",
    ),
    (
        "base and meta",
        "<base href=//evil.example/> <meta http-equiv=refresh content='0;url=javascript:xss(1)'> <meta name=x content=y>\n\n<head><base href=x></head>",
    ),
    (
        "forms",
        "<form action=javascript:xss(1) id=f><input type=image src=x onerror=xss(1)><button formaction=javascript:xss(1)>x</button></form> <input type=checkbox checked> <INPUT autofocus onfocus=xss(1)> <isindex action=x> <textarea>x</textarea> <select><option>x</select>",
    ),
    (
        "boxes in html",
        "<ul><li><input type=\"checkbox\" disabled> fake</li></ul>\n\n<p><input type=checkbox>\n\n<svg><input></svg>",
    ),
    (
        "clobbering",
        "<p id=main>a</p> <p id=main>b</p> <a id=h-open name=body>c</a> <img name=getElementById> <form name=documentElement><input name=attributes></form> <p id=x>d</p><p id=x>e</p> <p id=\"\">f</p> <p id='a b'>g</p>",
    ),
    (
        "clobbering ours",
        "# Intro\n\n- [ ] task\n\n<p id=intro>a</p> <p id=\"t:0\">b</p> <p id=intro>c</p> <p id=\" intro\">d</p>\n\n## more\n\n<p id=more>e</p>",
    ),
    ("unbalanced", "</div></article></main></body></html>after <p>more"),
    (
        "unbalanced block",
        "<div><section><article>\n\n# x\n\n</section></section></section></div></div></div>\n\ntext\n\n<table><tr><td>\n\nmore",
    ),
    (
        "unbalanced comment",
        "<!-- never ended\n\n<script>xss(1)</script>\n\n--!> x\n\n<!--> <script>xss(1)</script> -->\n\n<!--- x --!><img src=x onerror=xss(1)>",
    ),
    ("unbalanced quotes", "<p title=\"never ended>\n\n<b title='x\n\n</div>\" onclick=xss(1)>text"),
    (
        "plaintext",
        "a <plaintext> b\n\n<xmp><script>xss(1)</script></xmp> <listing>x</listing> <noembed><img src=x onerror=xss(1)></noembed>",
    ),
    (
        "noscript",
        "<noscript><p title=\"</noscript><img src=x onerror=xss(1)>\"></noscript> <noframes><p title=\"</noframes><img src=x onerror=xss(1)>\"></noframes>",
    ),
    (
        "svg",
        "<svg onload=xss(1)><script>xss(1)</script><a xlink:href=javascript:xss(1)><text>x</text></a><animate attributeName=href values=javascript:xss(1) /><foreignObject><img src=x onerror=xss(1)></foreignObject><use href=data:x#y /></svg>",
    ),
    (
        "svg set",
        "<svg><set attributeName=onmouseover to=xss(1) /><handler>x</handler><style><img src=x onerror=xss(1)></style><title><img src=x onerror=xss(1)></title></svg>",
    ),
    (
        "mathml",
        "<math href=javascript:xss(1)><mi xlink:href=javascript:xss(1)>x</mi><maction actiontype=statusline xlink:href=javascript:x>y</maction><mtext><img src=x onerror=xss(1)></mtext></math>",
    ),
    (
        "mutation 1",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=xss(1)&gt;\">",
    ),
    (
        "mutation 2",
        "<svg></p><style><a id=\"</style><img src=1 onerror=xss(1)>\"></svg> <form><math><mtext></form><form><mglyph><style></math><img src onerror=xss(1)>",
    ),
    (
        "mutation 3",
        "<math><annotation-xml encoding=\"text/html\"><style><img src=x onerror=xss(1)></style></annotation-xml></math> <math><mi><table><mglyph><textarea><img title=\"</textarea><img src=x onerror=xss(1)>\">",
    ),
    (
        "mutation 4",
        "<svg><desc><noscript></desc></noscript><style><img src=x onerror=xss(1)></style></svg> <table><td><svg><td><style><!--</style><img src=x onerror=xss(1)>--></table>",
    ),
    (
        "mutation 5",
        "<p id=\"a\u{1}b\"><select><svg><style><img src=x onerror=xss(1)></style></svg></select> <ruby><rt><rtc><math><mtext><option><mglyph><script>xss(1)</script>",
    ),
    (
        "template",
        "<template><script>xss(1)</script></template> <template shadowrootmode=open><img src=x onerror=xss(1)></template> <slot name=x> <dialog open>x</dialog>",
    ),
    (
        "html in attributes",
        "<b title=\"<script>xss(1)</script>\">x</b> <abbr title='\"><img src=x onerror=xss(1)>'>y</abbr> <b title=`x` onclick=`xss(1)`>z</b>",
    ),
    (
        "ours imitated",
        "<a class=skip href=#main>x</a> <div class=\"frame\"><nav class=beside>y</nav></div> <li class=task data-state=done>z</li> <p role=alert aria-label='\"onclick=x'>",
    ),
    (
        "processing",
        "<?php echo 1 ?> <?xml-stylesheet href=javascript:xss(1)?> <!DOCTYPE html [<!ENTITY x SYSTEM \"file:///etc/passwd\">]> <![CDATA[<script>xss(1)</script>]]> &x;",
    ),
    (
        "tags in markdown",
        "[<b onclick=xss(1)>x</b>](https://e.example) **<i onclick=xss(1)>y** </i> <b>*a</b>b* `<b>`\n\n| <b> | </td> |\n|---|---|\n| </table> | <script>x</script> |",
    ),
    (
        "html around tasks",
        "<div>\n\n- [ ] in it\n\n</div></div>\n\n- [ ] <b>unclosed\n- [ ] </li></ul>after\n- [ ] <!-- x\n- [ ] -->\n\n1. <details>\n2. x",
    ),
    (
        "html in headings",
        "# <b onclick=xss(1)>Title</b> <script>xss(1)</script>\n\n## <img src=x onerror=xss(1)> two\n\n## <a id=intro></a> three\n\ntext </h2></main>",
    ),
    (
        "html in a callout",
        "> [!note] <b onclick=xss(1)>t</b></p></div></main>\n> <script>xss(1)</script>\n> </blockquote></div>\n\nafter\n\n> [!tip]- <summary>x\n> </details></details>y",
    ),
    ("html in footnotes", "a[^1]\n\n[^1]: <script>xss(1)</script></li></ol></section></main> x <b>"),
    (
        "custom elements",
        "<x-input onclick=xss(1)>a</x-input> <my-thing style=x>b</my-thing> <is is=x> <center>c</center> <font color=red>d</font> <marquee onstart=xss(1)>e</marquee> <blink>",
    ),
    (
        "media events",
        "<video controls onloadstart=xss(1)><source onerror=xss(1) src=x></video> <audio src=img/a.png onerror=xss(1) autoplay> <track src=x> <img src=img/a.png onload=xss(1) usemap=#m> <map name=m><area href=javascript:xss(1)></map>",
    ),
    (
        "embeds of html",
        "![[unbalanced]]\n\n![[clobbering]]\n\n![[script]]\n\nwords ![[unbalanced block]] words\n\n# Intro\n\n![[clobbering ours]]",
    ),
    (
        "entities in tags",
        "<a href='javascript&colon;xss(1)'>a</a> <a href='jav&#x09;ascript:xss(1)'>b</a> <a href='&Tab;javascript:xss(1)'>c</a> <img src='&#1;javascript:xss(1)'> <q cite='javascript:xss(1)'>d</q> <blockquote cite=data:x>e</blockquote>",
    ),
    (
        "anchors",
        "<a href='#main'>a</a> <a href='#nowhere'>b</a> <a href='other.md#x'>c</a> <a href='../plain/other.md'>d</a> <a href='?x=1'>e</a> <a href=''>f</a> <a href='http:relative'>g</a> <a href='https:javascript:xss(1)'>h</a>\n\n<p id=here>x</p> <a href='#here'>i</a>",
    ),
];

/// File names.
pub(crate) const NAMES: &[&str] = &[
    "<script>xss(1)<",
    "\" onclick=\"xss(1)",
    "javascript:xss(1)",
    "]]>&amp;",
    "{{ 7*7 }}",
    "a'b",
    "x\u{1}y\u{7f}z",
    "\u{202e}gnp.evil",
    "{% raw %}",
    "`x`",
    "a#b?c%d&e",
    "line\nbreak",
    "tab\tname",
    "back\\slash",
    " leading and trailing ",
    "%2e%2e%2fx",
    "data:text,x",
];

/// Settings of somebody who wishes us ill.
pub(crate) const BOOK: &str = r#"
[book]
title = "</title><script>xss(1)</script> \"q\" ]]> \u0001 {{ 7*7 }}"
description = "\"><script>xss(1)</script>\u0001\uFFFE"
authors = ["</p><script>xss(1)</script>", "\" onclick=\"xss(1)", "]]>\u0002"]
language = "en\"><script>xss(1)</script>"
text-direction = "rtl\"><script>xss(1)</script>"
src = "notes"
[output.html]
site-url = "https://e.example//evil.example/"
git-repository-url = "javascript:xss(1)"
edit-url-template = "javascript:xss(1)//{path}"
default-theme = "dark\" onload=\"xss(1)"
cname = "e.example\nevil"
[output.html.redirect]
"/old.html" = "javascript:xss(1)"
"/old1.html" = "java\tscript:xss(1)"
"/old2.html" = "\u0001javascript:xss(1)"
"/old3.html" = "data:text/html,<script>xss(1)</script>"
"/old4.html" = "index.html\"><script>xss(1)</script>"
"/old5.html" = "0;url=javascript:xss(1)"
"/old\"><script>.html" = "index.html"
"/../../outside/evil.html" = "index.html"
"/index.html" = "all/index.html"
"/all/./x.html" = "../index.html"
"/index.html/x.html" = "index.html"
"/line\n0 0 feed.xml\n.html" = "index.html"
"/moved.html" = "index.html"
"/far.html" = "https://e.example/x"
[preprocessor.hornbook]
[[preprocessor.hornbook.tickets]]
keys = ["AB"]
url = "https://t.example/\"onclick=\"xss(1)/{key}-{num}"
"#;

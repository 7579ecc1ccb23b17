//! A headless Chromium, spoken to over a pipe: no port, no socket, no further crate.
//!
//! The protocol is that of the browser's own tools. The browser reads messages from descriptor 3 and writes them to 4, each ended by NUL; a shell
//! makes these of our two pipes. What else it tells is kept until somebody asks for it.

use std::io::BufRead as _;
use std::io::BufReader;
use std::io::Write as _;
use std::path::Path;
use std::process::Child;
use std::process::ChildStdin;
use std::process::Command;
use std::process::Stdio;
use std::sync::mpsc::Receiver;
use std::sync::mpsc::channel;
use std::time::Duration;
use std::time::Instant;

use serde_json::Value;
use serde_json::json;

/// A busy machine may be slow, but nothing that is well takes this long.
const PATIENCE: Duration = Duration::from_secs(90);

/// Under which names it is found.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// The browser that is installed, if one is.
pub(crate) fn program() -> Option<&'static str> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = |name: &&str| std::env::split_paths(&path).any(|folder| folder.join(name).is_file());
    NAMES.into_iter().find(found).filter(|_| cfg!(unix))
}

/// A browser with one tab.
pub(crate) struct Browser {
    child: Child,
    to: ChildStdin,
    from: Receiver<Value>,
    /// The profile of the tab.
    context: Value,
    /// Of the tab.
    session: String,
    last: u64,
    /// Whether pages may run scripts.
    scripts: bool,
    events: Vec<Value>,
    /// Its profile, which goes with it.
    _home: tempfile::TempDir,
}

impl Browser {
    /// Starts a browser; it has no tab before it is renewed.
    pub(crate) fn start() -> Self {
        let name = program().unwrap_or_else(|| panic!("page tests need a Chromium, and there is none"));
        let home = tempfile::tempdir().unwrap();
        let script = format!(
            "exec {name} --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --disable-extensions \
             --disable-background-networking --disable-component-update --remote-debugging-pipe \
             --user-data-dir=\"$HOME\" about:blank 3<&0 4>&1 </dev/null >/dev/null 2>&1"
        );
        let mut child = Command::new("sh")
            .args(["-c", &script])
            .env("HOME", home.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let to = child.stdin.take().unwrap();
        let mut answers = BufReader::new(child.stdout.take().unwrap());
        let (sender, from) = channel();
        std::thread::spawn(move || {
            let mut message = Vec::new();
            while answers.read_until(0, &mut message).is_ok_and(|length| length > 0) {
                message.pop();
                if serde_json::from_slice(&message).is_ok_and(|value| sender.send(value).is_ok()) {
                    message.clear();
                } else {
                    break;
                }
            }
        });
        Self {
            child,
            to,
            from,
            context: Value::Null,
            session: String::new(),
            last: 0,
            scripts: true,
            events: Vec::new(),
            _home: home,
        }
    }

    /// Goes on with one new tab in a profile of its own, as if just started.
    pub(crate) fn renew(&mut self) {
        self.session.clear();
        if !self.context.is_null() {
            let context = json!({ "browserContextId": self.context });
            self.call("Target.disposeBrowserContext", &context);
        }
        self.context = self.call("Target.createBrowserContext", &json!({}))["browserContextId"].take();
        let target = json!({ "url": "about:blank", "browserContextId": self.context });
        let target = self.call("Target.createTarget", &target);
        let target = json!({ "targetId": target["targetId"], "flatten": true });
        self.session = self.call("Target.attachToTarget", &target)["sessionId"].as_str().unwrap().to_owned();
        self.scripts = true;
        self.forget();
        for domain in ["Page", "Runtime", "Log", "Network", "Audits"] {
            self.call(&format!("{domain}.enable"), &json!({}));
        }
    }

    /// Calls a method and waits for its answer.
    #[track_caller]
    pub(crate) fn call(&mut self, method: &str, parameters: &Value) -> Value {
        self.last += 1;
        let id = self.last;
        let mut message = json!({ "id": id, "method": method, "params": parameters });
        if !self.session.is_empty() {
            message["sessionId"] = json!(self.session);
        }
        self.to.write_all(message.to_string().as_bytes()).unwrap();
        self.to.write_all(&[0]).unwrap();
        let start = Instant::now();
        loop {
            let mut answer = self.next(start, method);
            if answer["id"] == json!(id) {
                assert!(answer.get("error").is_none(), "{method}: {answer}");
                return answer["result"].take();
            }
            self.events.push(answer);
        }
    }

    #[track_caller]
    fn next(&self, start: Instant, what: &str) -> Value {
        let left = PATIENCE.saturating_sub(start.elapsed());
        self.from.recv_timeout(left).unwrap_or_else(|error| panic!("waiting for {what}: {error}"))
    }

    /// Opens a file of a site and waits until it is whole.
    #[track_caller]
    pub(crate) fn open(&mut self, site: &Path, page: &str) {
        self.forget();
        let url = format!("file://{}/{page}", site.display());
        self.call("Page.navigate", &json!({ "url": url }));
        self.loaded();
    }

    /// As somebody who asks for the page again.
    pub(crate) fn reload(&mut self) {
        self.forget();
        self.call("Page.reload", &json!({}));
        self.loaded();
    }

    #[track_caller]
    fn loaded(&mut self) {
        let start = Instant::now();
        while self.told("Page.loadEventFired").next().is_none() {
            let event = self.next(start, "the page");
            self.events.push(event);
        }
        self.settle();
    }

    /// Waits until what was asked for is drawn.
    pub(crate) fn settle(&mut self) {
        if self.scripts {
            self.eval("new Promise(done => requestAnimationFrame(() => setTimeout(done)))");
        }
    }

    /// Lets pages run scripts, or not. Without, a promise is never kept.
    pub(crate) fn scripts(&mut self, scripts: bool) {
        self.scripts = scripts;
        self.call("Emulation.setScriptExecutionDisabled", &json!({ "value": !scripts }));
    }

    /// The value of an expression in the page; a promise's value when it is there.
    #[track_caller]
    pub(crate) fn eval(&mut self, expression: &str) -> Value {
        let ask = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let mut answer = self.call("Runtime.evaluate", &ask);
        assert!(answer.get("exceptionDetails").is_none(), "{expression}: {answer}");
        answer["result"]["value"].take()
    }

    /// Waits until an expression has this value: some things happen a little later.
    #[track_caller]
    pub(crate) fn until(&mut self, expression: &str, wanted: &str) {
        let start = Instant::now();
        loop {
            let value = self.eval(expression);
            if value == wanted {
                return;
            }
            assert!(start.elapsed() < PATIENCE / 3, "{expression}: {value}, not {wanted}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Forgets what it has told so far.
    pub(crate) fn forget(&mut self) {
        self.events.clear();
    }

    /// What it has told of one kind, the oldest first.
    pub(crate) fn told(&self, method: &str) -> impl Iterator<Item = &Value> {
        self.events
            .iter()
            .filter(move |event| event["method"] == method && event["sessionId"] == self.session)
            .map(|event| &event["params"])
    }

    /// The addresses asked for since the page was opened that are not below a folder.
    pub(crate) fn strangers(&self, folder: &Path) -> Vec<String> {
        let own = format!("file://{}/", folder.display());
        let asked = self.told("Network.requestWillBeSent").map(|event| event["request"]["url"].as_str().unwrap());
        // the browser draws its own buttons of films from such pictures
        asked.filter(|url| !url.starts_with(&own) && !url.starts_with("data:image/")).map(str::to_owned).collect()
    }

    /// Presses and releases a key that has a name.
    pub(crate) fn press(&mut self, key: &str) {
        let (code, number, text) = match key {
            "Tab" => ("Tab", 9, ""),
            "Enter" => ("Enter", 13, "\r"),
            " " => ("Space", 32, " "),
            "/" => ("Slash", 191, "/"),
            "j" => ("KeyJ", 74, "j"),
            "k" => ("KeyK", 75, "k"),
            "t" => ("KeyT", 84, "t"),
            "?" => ("Slash", 191, "?"),
            "]" => ("BracketRight", 221, "]"),
            "Escape" => ("Escape", 27, ""),
            "ArrowDown" => ("ArrowDown", 40, ""),
            "ArrowUp" => ("ArrowUp", 38, ""),
            other => panic!("no such key: {other}"),
        };
        for kind in ["keyDown", "keyUp"] {
            let text = if kind == "keyDown" { text } else { "" };
            let event =
                json!({ "type": kind, "key": key, "code": code, "windowsVirtualKeyCode": number, "text": text });
            self.call("Input.dispatchKeyEvent", &event);
        }
        self.settle();
    }

    /// Types into what has the focus.
    pub(crate) fn write(&mut self, text: &str) {
        self.call("Input.insertText", &json!({ "text": text }));
    }

    /// Takes a screen of this size: a phone's where it is narrow.
    pub(crate) fn screen(&mut self, width: u32, height: u32) {
        let screen = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500 });
        self.call("Emulation.setDeviceMetricsOverride", &screen);
        self.settle();
    }

    /// Takes a medium (`screen`, `print`) and what its owner prefers, as pairs of a media feature and its value.
    pub(crate) fn medium(&mut self, medium: &str, features: &[(&str, &str)]) {
        let features: Vec<Value> =
            features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        self.call("Emulation.setEmulatedMedia", &json!({ "media": medium, "features": features }));
        self.settle();
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // it may be gone already
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

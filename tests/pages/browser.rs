//! A headless Chromium, spoken to over a pipe: no port, no driver, no script engine of our own.

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

use serde_json::Value;
use serde_json::json;

/// How long an answer may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

pub(crate) struct Browser {
    child: Child,
    to: ChildStdin,
    from: Receiver<Value>,
    calls: u64,
    session: String,
    events: Vec<Value>,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// Starts one with a blank page. `None`, said on stderr, where there is no Chromium; on a CI machine there must be one.
    pub(crate) fn start() -> Option<Self> {
        let names = ["chromium", "chromium-browser", "google-chrome"];
        let known =
            |name: &&&str| Command::new(**name).arg("--version").output().is_ok_and(|output| output.status.success());
        let Some(name) = names.iter().find(known) else {
            assert!(std::env::var_os("CI").is_none(), "page tests need Chromium, and there is none");
            eprintln!("no Chromium here: the page tests are passed over");
            return None;
        };
        let profile = tempfile::tempdir().unwrap();
        // the browser reads on descriptor 3 and writes on 4
        let line = format!(
            "exec {name} --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --hide-scrollbars \
             --user-data-dir=\"$0\" --remote-debugging-pipe 3<&0 4>&1 </dev/null >/dev/null 2>&1"
        );
        let mut child = Command::new("sh")
            .args(["-c", &line])
            .arg(profile.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let to = child.stdin.take().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let (send, from) = channel();
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            while out.read_until(0, &mut bytes).is_ok_and(|read| read > 0) {
                bytes.pop();
                if send.send(serde_json::from_slice(&bytes).unwrap()).is_err() {
                    break;
                }
                bytes.clear();
            }
        });
        let mut browser =
            Self { child, to, from, calls: 0, session: String::new(), events: Vec::new(), _profile: profile };
        let target = browser.call("Target.createTarget", json!({ "url": "about:blank" }));
        let session = browser.call("Target.attachToTarget", json!({ "targetId": target["targetId"], "flatten": true }));
        browser.session = session["sessionId"].as_str().unwrap().to_owned();
        for domain in ["Page", "Runtime", "Log", "Network", "Audits"] {
            browser.call(&format!("{domain}.enable"), json!({}));
        }
        Some(browser)
    }

    /// Calls a method of the browser's protocol; its result.
    pub(crate) fn call(&mut self, method: &str, parameters: Value) -> Value {
        self.calls += 1;
        let mut message = json!({ "id": self.calls, "method": method, "params": parameters });
        if !self.session.is_empty() {
            message["sessionId"] = json!(self.session);
        }
        self.to.write_all(format!("{message}\0").as_bytes()).unwrap();
        loop {
            let answer = self.from.recv_timeout(PATIENCE).unwrap_or_else(|error| panic!("{method}: {error}"));
            if answer["id"] == json!(self.calls) {
                assert!(answer.get("error").is_none(), "{method}: {answer}");
                return answer["result"].clone();
            }
            self.events.push(answer);
        }
    }

    /// Opens a file and waits for it to be there.
    pub(crate) fn open(&mut self, file: &Path) {
        self.events.clear();
        assert!(file.is_file(), "{}", file.display());
        let result = self.call("Page.navigate", json!({ "url": format!("file://{}", file.display()) }));
        assert!(result.get("errorText").is_none(), "{}: {result}", file.display());
        self.wait("Page.loadEventFired");
    }

    /// Waits until an event has come.
    pub(crate) fn wait(&mut self, method: &str) {
        while !self.events.iter().any(|event| event["method"] == method) {
            let event = self.from.recv_timeout(PATIENCE).unwrap_or_else(|error| panic!("{method}: {error}"));
            self.events.push(event);
        }
    }

    /// What an expression gives, also one that promises.
    pub(crate) fn eval(&mut self, expression: &str) -> Value {
        let parameters = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let result = self.call("Runtime.evaluate", parameters);
        assert!(result.get("exceptionDetails").is_none(), "{expression}: {result}");
        result["result"]["value"].clone()
    }

    /// Presses a key: `Tab`, `Enter` or `Space`.
    pub(crate) fn press(&mut self, key: &str) {
        let (code, text) = match key {
            "Tab" => (9, ""),
            "Enter" => (13, "\r"),
            _ => (32, " "),
        };
        let name = if key == "Space" { " " } else { key };
        let down = if text.is_empty() { "rawKeyDown" } else { "keyDown" };
        let stroke = json!({ "key": name, "code": key, "windowsVirtualKeyCode": code, "text": text });
        for kind in [down, "keyUp"] {
            let mut stroke = stroke.clone();
            stroke["type"] = json!(kind);
            self.call("Input.dispatchKeyEvent", stroke);
        }
    }

    /// A window of this size, with these colours.
    pub(crate) fn window(&mut self, width: u32, height: u32, dark: bool) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500 });
        self.call("Emulation.setDeviceMetricsOverride", size);
        self.media("screen", if dark { "dark" } else { "light" }, "no-preference");
    }

    /// What the page is shown on.
    pub(crate) fn media(&mut self, media: &str, colours: &str, motion: &str) {
        let features = json!([
            { "name": "prefers-color-scheme", "value": colours },
            { "name": "prefers-reduced-motion", "value": motion },
        ]);
        self.call("Emulation.setEmulatedMedia", json!({ "media": media, "features": features }));
    }

    /// What the page complained about or asked for that is not below `folder`, since it was opened.
    pub(crate) fn complaints(&mut self, folder: &Path) -> Vec<String> {
        let here = format!("file://{}/", folder.display());
        let tell = |event: &Value| match event["method"].as_str()? {
            // advice on speed: every picture has its size
            "Audits.issueAdded" if event["params"]["issue"]["code"] == "LazyLoadImageIssue" => None,
            "Log.entryAdded" | "Runtime.exceptionThrown" | "Runtime.consoleAPICalled" | "Audits.issueAdded" => {
                Some(event["params"].to_string())
            }
            "Network.requestWillBeSent" => {
                let url = event["params"]["request"]["url"].as_str().unwrap_or_default();
                // the browser draws its own buttons of films from such pictures
                let inside = url.starts_with(&here) || url.starts_with("data:image/");
                (!inside).then(|| format!("asks for {url}"))
            }
            _ => None,
        };
        self.events.iter().filter_map(tell).collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ended = self.child.kill();
        let _ended = self.child.wait();
    }
}

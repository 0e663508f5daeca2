//! Headless Chromium, driven over its own remote debugging pipe: JSON messages that end with a zero byte.
//!
//! Chromium reads file 3 and writes file 4; a shell puts our pipes there.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::{TempDir, tempdir};

/// Long enough for a busy machine; only a browser that hangs takes it.
const PATIENCE: Duration = Duration::from_secs(120);

/// A browser with one page.
pub struct Chromium {
    child: Child,
    to: ChildStdin,
    from: Receiver<Value>,
    session: Option<String>,
    sent: u64,
    /// What the page did that it should not have: words on the console, errors, requests to a network.
    pub complaints: Vec<String>,
    _profile: TempDir,
}

impl Chromium {
    /// Starts it.
    pub fn start() -> Self {
        let profile = tempdir().unwrap();
        let mut child = Command::new("sh")
            .args(["-c", "exec 3<&0 4>&1; exec chromium \"$@\" </dev/null >/dev/null 2>&1", "chromium"])
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"])
            .args(["--disable-background-networking", "--disable-component-update"])
            .args(["--remote-debugging-pipe", "--window-size=1200,900"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("about:blank")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (said, from) = channel();
        let mut pipe = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || {
            let mut message = Vec::new();
            while pipe.read_until(0, &mut message).is_ok_and(|read| read > 0) {
                message.pop();
                if said.send(serde_json::from_slice(&message).unwrap()).is_err() {
                    return;
                }
                message.clear();
            }
        });
        let to = child.stdin.take().unwrap();
        let mut browser =
            Self { child, to, from, session: None, sent: 0, complaints: Vec::new(), _profile: profile };
        let targets = browser.call("Target.getTargets", json!({}));
        let page = targets["targetInfos"].as_array().unwrap().iter().find(|t| t["type"] == "page").unwrap();
        let asked = json!({"targetId": page["targetId"], "flatten": true});
        let attached = browser.call("Target.attachToTarget", asked);
        browser.session = Some(attached["sessionId"].as_str().unwrap().to_owned());
        for domain in ["Page", "Runtime", "Log", "Network"] {
            browser.call(&format!("{domain}.enable"), json!({}));
        }
        browser
    }

    /// Sends a command and gives its result; whatever the page does meanwhile is noted.
    pub fn call(&mut self, method: &str, parameters: Value) -> Value {
        self.sent += 1;
        let mut message = json!({"id": self.sent, "method": method, "params": parameters});
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        self.to.write_all(format!("{message}\0").as_bytes()).unwrap();
        loop {
            let answer = self.from.recv_timeout(PATIENCE).expect("chromium is on the PATH and answers");
            if answer["id"] == self.sent {
                assert!(answer["error"].is_null(), "{method}: {}", answer["error"]);
                return answer["result"].clone();
            }
            self.hear(&answer);
        }
    }

    fn hear(&mut self, event: &Value) {
        let address = event["params"]["request"]["url"].as_str().unwrap_or_default();
        let harmless = ["file:", "data:", "about:", "blob:"].iter().any(|scheme| address.starts_with(scheme));
        match event["method"].as_str() {
            Some("Runtime.consoleAPICalled" | "Runtime.exceptionThrown" | "Log.entryAdded") => {
                self.complaints.push(event["params"].to_string());
            }
            Some("Network.requestWillBeSent") if !harmless => self.complaints.push(address.to_owned()),
            _ => {}
        }
    }

    /// The value of an expression in the page.
    pub fn evaluate(&mut self, script: &str) -> Value {
        let asked = json!({"expression": script, "returnByValue": true, "awaitPromise": true});
        let result = self.call("Runtime.evaluate", asked);
        assert!(result["exceptionDetails"].is_null(), "{script}: {}", result["exceptionDetails"]);
        result["result"]["value"].clone()
    }

    /// Waits until an expression holds.
    pub fn until(&mut self, script: &str) {
        let start = Instant::now();
        while self.evaluate(&format!("Boolean({script})")) != true {
            assert!(start.elapsed() < PATIENCE, "never: {script}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Opens a view of the page in `file`, afresh.
    pub fn open(&mut self, file: &Path, route: &str) {
        self.call("Page.navigate", json!({"url": "about:blank"}));
        self.call("Page.navigate", json!({"url": format!("file://{}#/{route}", file.display())}));
        self.until("document.readyState === 'complete' && document.querySelector('main h1')");
    }

    /// A screen of this size.
    pub fn screen(&mut self, width: u32, height: u32) {
        let asked = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600});
        self.call("Emulation.setDeviceMetricsOverride", asked);
    }

    /// Paper or screen (`print`, `screen`), `dark` or `light`.
    pub fn media(&mut self, media: &str, scheme: &str) {
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        self.call("Emulation.setEmulatedMedia", json!({"media": media, "features": features}));
    }

    /// Presses a key. `modifiers`: 8 for Shift.
    pub fn press(&mut self, key: &str, modifiers: u32) {
        let code = match key {
            "Tab" => 9,
            "Enter" => 13,
            "Escape" => 27,
            "ArrowLeft" => 37,
            "ArrowRight" => 39,
            _ => 0,
        };
        let text = if key == "Enter" { "\r" } else { "" };
        for kind in ["keyDown", "keyUp"] {
            let mut asked = json!({"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code, "modifiers": modifiers});
            if kind == "keyDown" && !text.is_empty() {
                asked["text"] = json!(text);
            }
            self.call("Input.dispatchKeyEvent", asked);
        }
    }

    /// Moves the mouse through these points with its button down; one point is a click.
    pub fn drag(&mut self, points: &[(f64, f64)], modifiers: u32) {
        let mut send = |kind: &str, (x, y): (f64, f64)| {
            let asked = json!({"type": kind, "x": x, "y": y, "button": "left", "buttons": 1, "clickCount": 1, "modifiers": modifiers});
            self.call("Input.dispatchMouseEvent", asked);
        };
        send("mousePressed", points[0]);
        points[1..].iter().for_each(|&point| send("mouseMoved", point));
        send("mouseReleased", points[points.len() - 1]);
    }

    /// Fingers on the screen, at these points.
    pub fn touch(&mut self, kind: &str, points: &[(f64, f64)]) {
        let points: Vec<Value> = points.iter().map(|(x, y)| json!({"x": x, "y": y})).collect();
        self.call("Input.dispatchTouchEvent", json!({"type": kind, "touchPoints": points}));
    }

    /// Clicks in the middle of an element, as a hand would.
    pub fn click(&mut self, selector: &str) {
        let at = self.evaluate(&format!(
            "(() => {{ const e = document.querySelector({selector:?}); e.scrollIntoView({{block: 'center'}}); \
             const b = e.getClientRects()[0]; return [b.x + b.width / 2, b.y + b.height / 2]; }})()"
        ));
        self.drag(&[(at[0].as_f64().unwrap(), at[1].as_f64().unwrap())], 0);
    }

    /// Fails where the page did what it should not.
    pub fn silent(&mut self, about: &str) {
        // An answer comes after everything that happened before it.
        self.evaluate("0");
        assert!(self.complaints.is_empty(), "{about}: {:?}", self.complaints);
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

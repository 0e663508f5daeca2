//! A small hub on loopback, with the faults that real ones have.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use sha1::{Digest as _, Sha1};
use throughline_embedding::model_files::sha256;

/// The commit that it serves.
pub const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

/// What it does wrong, each for one file.
#[derive(Clone, Default)]
pub struct Faults {
    /// Sends so many bytes of the file and closes the connection; so many times.
    pub cut: Option<(&'static str, usize, u32)>,
    /// Sends other bytes than it announced, as many.
    pub changed: Option<&'static str>,
    /// Takes no notice of ranges.
    pub no_ranges: bool,
    /// Sends one byte more than it announced.
    pub longer: Option<&'static str>,
}

/// What it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub path: String,
    pub range: Option<String>,
    pub token: bool,
}

/// The hub; its thread ends with the process.
pub struct Hub {
    pub url: String,
    pub faults: Arc<Mutex<Faults>>,
    asked: Arc<Mutex<Vec<Request>>>,
}

impl Hub {
    /// Serves `owner/tiny` with these files, and `owner/gated` to nobody.
    pub fn start(files: BTreeMap<String, Vec<u8>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (faults, asked) = (Arc::new(Mutex::new(Faults::default())), Arc::new(Mutex::new(Vec::new())));
        let hub = Self { url, faults: Arc::clone(&faults), asked: Arc::clone(&asked) };
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let stream = stream.unwrap();
                let request = read(&stream);
                asked.lock().unwrap().push(request.clone());
                // A client that has what it wants may close before the end.
                let _ = answer(stream, &request, &files, &faults);
            }
        });
        hub
    }

    /// What it was asked since the last call.
    pub fn asked(&self) -> Vec<Request> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }
}

fn read(stream: &TcpStream) -> Request {
    let mut lines = BufReader::new(stream).lines().map(|line| line.unwrap());
    let path = lines.next().unwrap().split(' ').nth(1).unwrap().to_owned();
    let mut request = Request { path, range: None, token: false };
    for line in lines.take_while(|line| !line.is_empty()) {
        let (name, value) = line.split_once(": ").unwrap();
        match name.to_ascii_lowercase().as_str() {
            "range" => request.range = Some(value.to_owned()),
            "authorization" => request.token = true,
            _ => {}
        }
    }
    request
}

fn answer(
    mut out: TcpStream,
    request: &Request,
    files: &BTreeMap<String, Vec<u8>>,
    faults: &Mutex<Faults>,
) -> std::io::Result<()> {
    let path = request.path.as_str();
    if path.starts_with("/api/models/owner/tiny/revision/main?") {
        return send(&mut out, "200 OK", "", listing(files).as_bytes());
    }
    if path.starts_with("/api/models/owner/gated/") {
        return send(&mut out, "401 Unauthorized", "", b"");
    }
    if path.starts_with("/api/models/owner/busy/") {
        return send(&mut out, "503 Service Unavailable", "", b"");
    }
    let file_path = path.split('?').next().unwrap_or(path);
    let at_hub = file_path.strip_prefix(&format!("/owner/tiny/resolve/{COMMIT}/"));
    let Some(file) = at_hub.or_else(|| path.strip_prefix("/elsewhere/")) else {
        return send(&mut out, "404 Not Found", "", b"");
    };
    if file == "README.md" && !path.contains('?') {
        return send(&mut out, "307 Temporary Redirect", &format!("location: {path}?cached\r\n"), b"");
    }
    let Some(content) = files.get(file) else { return send(&mut out, "404 Not Found", "", b"") };
    if is_large(file) && at_hub.is_some() {
        // Another host by its name, as the real hub sends to its store.
        let port = out.local_addr()?.port();
        let there = format!("location: http://localhost:{port}/elsewhere/{file}\r\n");
        return send(&mut out, "302 Found", &there, b"");
    }
    send_file(&mut out, request, file, content.clone(), faults)
}

fn send_file(
    out: &mut TcpStream,
    request: &Request,
    file: &str,
    mut content: Vec<u8>,
    faults: &Mutex<Faults>,
) -> std::io::Result<()> {
    let mut faults = faults.lock().unwrap();
    if faults.changed == Some(file) {
        *content.last_mut().unwrap() ^= 1;
    }
    if faults.longer == Some(file) {
        content.push(b'!');
    }
    let total = content.len();
    let from = request.range.as_ref().filter(|_| !faults.no_ranges).map(|range| {
        range.strip_prefix("bytes=").unwrap().strip_suffix('-').unwrap().parse::<usize>().unwrap()
    });
    let rest = &content[from.unwrap_or(0)..];
    let cut = match &mut faults.cut {
        Some((cut, bytes, times)) if *cut == file && *times > 0 => {
            *times -= 1;
            *bytes
        }
        _ => rest.len(),
    };
    let (status, range) = match from {
        Some(from) => {
            ("206 Partial Content", format!("content-range: bytes {from}-{}/{total}\r\n", total - 1))
        }
        None => ("200 OK", String::new()),
    };
    let length = rest.len();
    write!(out, "HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n{range}\r\n")?;
    out.write_all(&rest[..cut.min(length)])
}

fn send(out: &mut TcpStream, status: &str, headers: &str, body: &[u8]) -> std::io::Result<()> {
    let length = body.len();
    write!(out, "HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n{headers}\r\n")?;
    out.write_all(body)
}

/// Whether the hub keeps a file apart from git, as it does with weights.
fn is_large(file: &str) -> bool {
    file.ends_with(".safetensors") || file.ends_with(".bin")
}

/// The answer of the real hub, as far as it concerns us.
fn listing(files: &BTreeMap<String, Vec<u8>>) -> String {
    let siblings: Vec<serde_json::Value> = files
        .iter()
        .map(|(name, content)| {
            let size = content.len();
            let mut blob = Sha1::new_with_prefix(format!("blob {size}\0"));
            blob.update(content);
            let blob: String = blob.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
            let lfs = is_large(name)
                .then(|| serde_json::json!({"sha256": sha256(content), "size": size, "pointerSize": 134}));
            serde_json::json!({"rfilename": name, "size": size, "blobId": blob, "lfs": lfs})
        })
        .collect();
    let card = serde_json::json!({"license": "apache-2.0", "language": "en"});
    serde_json::json!({"id": "owner/tiny", "sha": COMMIT, "cardData": card, "siblings": siblings}).to_string()
}

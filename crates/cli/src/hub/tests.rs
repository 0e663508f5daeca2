//! Pulling from a small hub on loopback, from folders and from archives, with everything that goes wrong.

mod server;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

use tempfile::TempDir;
use throughline_embedding::model_files;
use throughline_embedding::{Options, open};
use throughline_schema::exit;
use throughline_testkit::{Bert, Files, StaticTable};
use zip::write::SimpleFileOptions;

use self::server::{COMMIT, Faults, Hub, Request};
use super::*;

const WEIGHTS: &str = "model.safetensors";

fn hub() -> (Hub, TempDir) {
    (Hub::start(files()), tempfile::tempdir().unwrap())
}

/// A repository with a tiny model, and with some files that no engine needs.
fn files() -> Files {
    let mut files = Bert::default().make().files;
    files.extend(beside());
    files
}

fn beside() -> Files {
    let card = "---\nlanguage: en\nlicense: apache-2.0\n---\n# Tiny\n";
    BTreeMap::from([
        ("README.md".to_owned(), card.as_bytes().to_vec()),
        ("onnx/model.onnx".to_owned(), b"not for us".to_vec()),
        ("pytorch_model.bin".to_owned(), b"not for us".to_vec()),
    ])
}

fn options(hub: &Hub) -> PullOptions {
    PullOptions {
        base_url: hub.url.clone(),
        attempts: 1,
        pause: Duration::from_millis(1),
        patience: Duration::from_secs(10),
        ..PullOptions::default()
    }
}

fn tiny() -> PullSource {
    "owner/tiny".parse().unwrap()
}

fn quiet(source: &PullSource, into: &Path, options: &PullOptions) -> Result<PulledModel, PullError> {
    pull(source, into, options, &mut |_| {})
}

/// The names in a folder, hidden ones too.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn file_requests(asked: &[Request]) -> Vec<&Request> {
    asked.iter().filter(|request| !request.path.starts_with("/api/")).collect()
}

#[test]
fn a_model_is_pinned_by_commit_and_hashes_and_runs() {
    let (hub, models) = hub();
    let pulled = quiet(&tiny(), models.path(), &options(&hub)).unwrap();
    assert_eq!((pulled.name.as_str(), pulled.unchanged), ("tiny", false));
    assert_eq!(pulled.folder, models.path().join("tiny"));
    assert_eq!(names(models.path()), ["tiny"]);
    let all = ["1_Pooling", "README.md", "config.json", "manifest.json", WEIGHTS, "tokenizer.json"];
    assert_eq!(names(&pulled.folder), all);

    let manifest = model_files::verify(&pulled.folder).unwrap();
    assert_eq!(manifest.origin, format!("{}/owner/tiny@{COMMIT}", hub.url));
    assert_eq!((manifest.licence.as_str(), manifest.weights.as_str()), ("apache-2.0", "f32"));
    assert_eq!((manifest.dimensions, manifest.max_tokens), (32, 24));
    let encoder = open(&pulled.folder, &Options::default()).unwrap();
    assert_eq!(encoder.encode(&["rain"], &|_| {}).unwrap().tokens, [3]);
    assert!(
        hub.asked().iter().all(|request| !request.path.contains("onnx") && !request.path.contains(".bin"))
    );
}

#[test]
fn a_static_model_is_fetched_like_any_other() {
    let mut files = StaticTable::default().make().files;
    files.extend(beside());
    let (hub, models) = (Hub::start(files), tempfile::tempdir().unwrap());
    let pulled = quiet(&tiny(), models.path(), &options(&hub)).unwrap();
    let manifest = model_files::verify(&pulled.folder).unwrap();
    assert_eq!((manifest.weights.as_str(), manifest.dimensions, manifest.max_tokens), ("f32", 20, 512));
    let encoder = open(&pulled.folder, &Options::default()).unwrap();
    assert_eq!(encoder.encode(&["rain"], &|_| {}).unwrap().tokens, [1]);
}

#[test]
fn a_model_that_is_there_is_not_fetched_again() {
    let (hub, models) = hub();
    let first = quiet(&tiny(), models.path(), &options(&hub)).unwrap();
    hub.asked();
    let second = quiet(&tiny(), models.path(), &options(&hub)).unwrap();
    assert!(second.unchanged);
    assert_eq!((first.folder, first.bytes), (second.folder, second.bytes));
    assert!(file_requests(&hub.asked()).is_empty());
}

#[test]
fn an_interrupted_file_is_kept_and_gone_on_with() {
    let (hub, models) = hub();
    hub.faults.lock().unwrap().cut = Some((WEIGHTS, 1000, 1));
    let error = quiet(&tiny(), models.path(), &options(&hub)).unwrap_err();
    assert!(matches!(error, PullError::Interrupted { got: 1000, .. }), "{error}");
    assert!(error.to_string().contains("run the same command again"), "{error}");
    assert_eq!(error.exit_code(), exit::IO);
    assert_eq!(names(models.path()), [".pull"]);
    let part = models.path().join(".pull/tiny").join(COMMIT).join(format!("{WEIGHTS}.part"));
    assert_eq!(fs::metadata(part).unwrap().len(), 1000);

    hub.asked();
    let mut kept = None;
    pull(&tiny(), models.path(), &options(&hub), &mut |event| {
        if let PullEvent::Started { file: WEIGHTS, kept: bytes, .. } = event {
            kept = Some(bytes);
        }
    })
    .unwrap();
    assert_eq!(kept, Some(1000));
    let asked = hub.asked();
    let ranges: Vec<_> = asked.iter().filter_map(|request| request.range.as_deref()).collect();
    // At the hub, and where it sends us.
    assert_eq!(ranges, ["bytes=1000-", "bytes=1000-"]);
    assert!(!asked.iter().any(|request| request.path.ends_with("README.md")), "it was complete");
    assert_eq!(names(models.path()), ["tiny"]);
    model_files::verify(&models.path().join("tiny")).unwrap();
}

#[test]
fn a_server_without_ranges_sends_the_whole_again() {
    let (hub, models) = hub();
    *hub.faults.lock().unwrap() =
        Faults { cut: Some((WEIGHTS, 1000, 1)), no_ranges: true, ..Faults::default() };
    quiet(&tiny(), models.path(), &options(&hub)).unwrap_err();
    let pulled = quiet(&tiny(), models.path(), &options(&hub)).unwrap();
    model_files::verify(&pulled.folder).unwrap();
}

#[test]
fn a_lost_connection_is_tried_again_within_one_call() {
    let (hub, models) = hub();
    hub.faults.lock().unwrap().cut = Some((WEIGHTS, 500, 2));
    let mut retries = 0;
    let options = PullOptions { attempts: 3, ..options(&hub) };
    pull(&tiny(), models.path(), &options, &mut |event| {
        retries += u32::from(matches!(event, PullEvent::Retrying { file: WEIGHTS, .. }));
    })
    .unwrap();
    assert_eq!(retries, 2);
}

#[test]
fn a_file_that_does_not_fit_its_hash_is_refused_and_removed() {
    for file in [WEIGHTS, "config.json", "1_Pooling/config.json"] {
        let (hub, models) = hub();
        hub.faults.lock().unwrap().changed = Some(file);
        let error = quiet(&tiny(), models.path(), &options(&hub)).unwrap_err();
        assert!(matches!(&error, PullError::Tampered { file: named, .. } if named == file), "{error}");
        assert_eq!(error.exit_code(), exit::MODEL);
        assert_eq!(names(models.path()), [".pull"]);
        let left = staging::walk(models.path()).unwrap();
        assert!(
            !left.iter().any(|path| path.to_string_lossy().contains(&format!("{COMMIT}/{file}"))),
            "{left:?}"
        );
        // Nothing of it stands in the way of the right file.
        *hub.faults.lock().unwrap() = Faults::default();
        quiet(&tiny(), models.path(), &options(&hub)).unwrap();
    }
}

#[test]
fn a_file_longer_than_announced_is_refused() {
    let (hub, models) = hub();
    hub.faults.lock().unwrap().longer = Some(WEIGHTS);
    let error = quiet(&tiny(), models.path(), &options(&hub)).unwrap_err();
    assert!(matches!(&error, PullError::Tampered { found, .. } if found == "a longer file"), "{error}");
}

#[test]
fn a_part_that_was_changed_meanwhile_is_found_out() {
    let (hub, models) = hub();
    hub.faults.lock().unwrap().cut = Some((WEIGHTS, 1000, 1));
    quiet(&tiny(), models.path(), &options(&hub)).unwrap_err();
    let part = models.path().join(".pull/tiny").join(COMMIT).join(format!("{WEIGHTS}.part"));
    fs::write(&part, vec![7; 1000]).unwrap();
    let error = quiet(&tiny(), models.path(), &options(&hub)).unwrap_err();
    assert!(matches!(error, PullError::Tampered { .. }), "{error}");
    quiet(&tiny(), models.path(), &options(&hub)).unwrap();
}

#[test]
fn unknown_gated_and_impossible_names_are_told_apart() {
    let (hub, models) = hub();
    let error = quiet(&"owner/nothing".parse().unwrap(), models.path(), &options(&hub)).unwrap_err();
    assert!(matches!(error, PullError::Unknown { .. }), "{error}");
    assert!(error.to_string().contains("`owner/nothing` at revision `main`"), "{error}");
    assert_eq!(error.exit_code(), exit::MODEL);

    let error = quiet(&"owner/tiny@v9".parse().unwrap(), models.path(), &options(&hub)).unwrap_err();
    assert!(error.to_string().contains("revision `v9`"), "{error}");
    let error = quiet(&"owner/gated".parse().unwrap(), models.path(), &options(&hub)).unwrap_err();
    assert!(matches!(error, PullError::Refused { status: 401, .. }), "{error}");
    let error = quiet(&"owner/busy".parse().unwrap(), models.path(), &options(&hub)).unwrap_err();
    assert!(matches!(error, PullError::Status { status: 503, .. }), "{error}");
    assert!(names(models.path()).is_empty());

    for text in [
        "",
        "a/b/c",
        "../up",
        "owner/",
        "/no/such/folder",
        "owner/na me",
        "owner/x@",
        "owner/x@a/b",
        "./here",
    ] {
        let error = text.parse::<PullSource>().unwrap_err();
        assert_eq!(error.exit_code(), exit::USAGE, "{text}");
    }
    let hub_of =
        |repo: &str, revision: &str| PullSource::Hub { repo: repo.into(), revision: revision.into() };
    assert_eq!(
        "all-MiniLM-L6-v2".parse::<PullSource>().unwrap(),
        hub_of("sentence-transformers/all-MiniLM-L6-v2", "main")
    );
    assert_eq!("owner/x@v1.0".parse::<PullSource>().unwrap(), hub_of("owner/x", "v1.0"));
}

#[test]
fn a_hub_that_is_not_there_is_an_error_of_the_network() {
    let (hub, models) = hub();
    // Port 1 is not listened on.
    let options = PullOptions { base_url: "http://127.0.0.1:1".to_owned(), ..options(&hub) };
    let error = quiet(&tiny(), models.path(), &options).unwrap_err();
    assert!(matches!(error, PullError::Network { .. }), "{error}");
    assert_eq!(error.exit_code(), exit::IO);
}

#[test]
fn the_token_is_for_the_hub_alone() {
    let (hub, models) = hub();
    let options = PullOptions { token: Some("secret".to_owned()), ..options(&hub) };
    quiet(&tiny(), models.path(), &options).unwrap();
    for request in hub.asked() {
        assert_eq!(request.token, !request.path.starts_with("/elsewhere/"), "{request:?}");
    }
}

#[test]
fn a_repository_without_usable_weights_is_not_fetched() {
    let mut files = files();
    files.remove(WEIGHTS);
    let (hub, models) = (Hub::start(files), tempfile::tempdir().unwrap());
    let error = quiet(&tiny(), models.path(), &options(&hub)).unwrap_err();
    assert!(error.to_string().contains("has no model.safetensors"), "{error}");
    assert!(file_requests(&hub.asked()).is_empty());
}

#[test]
fn a_model_that_no_engine_runs_is_not_kept() {
    let mut files = files();
    files.insert("config.json".to_owned(), br#"{"model_type": "t5"}"#.to_vec());
    let (hub, models) = (Hub::start(files), tempfile::tempdir().unwrap());
    let error = quiet(&tiny(), models.path(), &options(&hub)).unwrap_err();
    assert!(matches!(error, PullError::Model(_)), "{error}");
    assert!(!models.path().join("tiny").exists());
}

#[test]
fn another_model_of_the_name_is_replaced_only_when_told_so() {
    let (hub, models) = hub();
    let folder = models.path().join("tiny");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("mine.txt"), "mine").unwrap();
    let error = quiet(&tiny(), models.path(), &options(&hub)).unwrap_err();
    assert!(matches!(error, PullError::Exists { .. }), "{error}");
    assert!(file_requests(&hub.asked()).is_empty());

    let replace = PullOptions { replace: true, ..options(&hub) };
    hub.faults.lock().unwrap().changed = Some(WEIGHTS);
    quiet(&tiny(), models.path(), &replace).unwrap_err();
    assert_eq!(names(&folder), ["mine.txt"], "a failed pull changes nothing");
    *hub.faults.lock().unwrap() = Faults::default();
    quiet(&tiny(), models.path(), &replace).unwrap();
    model_files::verify(&folder).unwrap();
    assert_eq!(names(models.path()), ["tiny"]);

    let other = PullOptions { name: Some("small".to_owned()), ..options(&hub) };
    assert_eq!(quiet(&tiny(), models.path(), &other).unwrap().name, "small");
    let bad = PullOptions { name: Some("../up".to_owned()), ..options(&hub) };
    assert!(matches!(quiet(&tiny(), models.path(), &bad), Err(PullError::BadFolderName { .. })));
}

#[test]
fn two_pulls_of_one_model_do_not_mix() {
    let (hub, models) = hub();
    let work = models.path().join(".pull/tiny");
    fs::create_dir_all(&work).unwrap();
    let lock = fs::File::create(work.join("lock")).unwrap();
    lock.lock().unwrap();
    let error = quiet(&tiny(), models.path(), &options(&hub)).unwrap_err();
    assert!(matches!(error, PullError::Busy { .. }), "{error}");
    drop(lock);
    quiet(&tiny(), models.path(), &options(&hub)).unwrap();
}

fn write_archive(path: &Path, entries: &[(String, Vec<u8>)]) {
    use std::io::Write;
    let mut archive = zip::ZipWriter::new(fs::File::create(path).unwrap());
    for (name, content) in entries {
        archive.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap();
}

fn under(folder: &str) -> Vec<(String, Vec<u8>)> {
    files().into_iter().map(|(name, content)| (format!("{folder}{name}"), content)).collect()
}

fn local(path: &Path) -> PullSource {
    path.to_str().unwrap().parse().unwrap()
}

#[test]
fn a_folder_is_copied_and_its_manifest_kept() {
    let (source, models) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let folder = source.path().join("weather");
    throughline_testkit::write(&folder, &files());
    let pulled = quiet(&local(&folder), models.path(), &PullOptions::default()).unwrap();
    let manifest = model_files::verify(&pulled.folder).unwrap();
    assert_eq!((manifest.name.as_str(), manifest.licence.as_str()), ("weather", "apache-2.0"));
    assert!(manifest.origin.starts_with("folder weather, weights "), "{}", manifest.origin);
    assert!(!pulled.folder.join("pytorch_model.bin").exists());

    // From there to elsewhere, with its origin.
    let others = tempfile::tempdir().unwrap();
    let again = quiet(&local(&pulled.folder), others.path(), &PullOptions::default()).unwrap();
    assert_eq!(again.origin, manifest.origin);
    assert!(quiet(&local(&pulled.folder), others.path(), &PullOptions::default()).unwrap().unchanged);

    fs::write(pulled.folder.join("README.md"), "changed").unwrap();
    let third = tempfile::tempdir().unwrap();
    let error = quiet(&local(&pulled.folder), third.path(), &PullOptions::default()).unwrap_err();
    assert!(matches!(&error, PullError::Tampered { file, .. } if file == "README.md"), "{error}");
    assert!(!third.path().join("weather").exists());
}

#[test]
fn the_model_in_a_wheel_is_found() {
    let (source, models) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let wheel = source.path().join("weather_model-0.1.0-py3-none-any.whl");
    let mut entries = under("weather_model/model/");
    entries.push(("weather_model/__init__.py".to_owned(), Vec::new()));
    entries.push(("weather_model/model/../../../escaped.json".to_owned(), b"{}".to_vec()));
    write_archive(&wheel, &entries);
    let pulled = quiet(&local(&wheel), models.path(), &PullOptions::default()).unwrap();
    assert_eq!(pulled.name, "weather_model");
    assert!(
        pulled.origin.starts_with("file weather_model-0.1.0-py3-none-any.whl, sha256 "),
        "{}",
        pulled.origin
    );
    model_files::verify(&pulled.folder).unwrap();
    assert_eq!(names(models.path()), ["weather_model"]);
    assert_eq!(names(source.path()).len(), 1);
}

#[test]
fn archives_that_hold_no_model_or_several_are_refused() {
    let (source, models) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let of = |name: &str, entries: &[(String, Vec<u8>)]| {
        let path = source.path().join(name);
        write_archive(&path, entries);
        quiet(&local(&path), models.path(), &PullOptions::default()).unwrap_err()
    };
    let error = of("none.zip", &[("notes.txt".to_owned(), b"no model".to_vec())]);
    assert!(error.to_string().contains("has no config.json"), "{error}");
    let error = of("two.zip", &[under("a/"), under("b/")].concat());
    assert!(error.to_string().contains("several models (a/, b/)"), "{error}");

    let broken = source.path().join("broken.whl");
    fs::write(&broken, "not a zip file").unwrap();
    let error = quiet(&local(&broken), models.path(), &PullOptions::default()).unwrap_err();
    assert!(matches!(error, PullError::Archive { .. }), "{error}");
    let error =
        quiet(&local(&source.path().join("gone.whl")), models.path(), &PullOptions::default()).unwrap_err();
    assert!(matches!(error, PullError::Io { .. }), "{error}");
    assert!(names(models.path()).is_empty());
}

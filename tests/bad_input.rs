//! Bad input: one clear message with file, line and remedy, the documented exit code, nothing half-written.

use std::fs;
use std::path::Path;

use tempfile::tempdir;

use crate::common::{self, rows, run, said, throughline};

/// Runs `statements` on `input` and expects this exit code and these words on standard error.
fn fails(input: &Path, code: i32, words: &[&str]) {
    let output = run([Path::new("statements"), input]);
    let said = said(&output);
    assert_eq!(output.status.code(), Some(code), "{said}");
    assert!(output.stdout.is_empty());
    assert!(said.starts_with("throughline: "), "{said}");
    for word in words {
        assert!(said.contains(word), "'{word}' is missing: {said}");
    }
}

/// Expects one usable row, and one unused row that is told with these words; with `--strict`, an error.
fn skips(input: &Path, words: &[&str]) {
    let folder = tempdir().unwrap();
    let out = folder.path().join("run");
    let output = throughline().arg("run").arg(input).arg("--out").arg(&out).output().unwrap();
    let message = said(&output);
    assert_eq!(output.status.code(), Some(0), "{message}");
    assert!(message.contains("1 row"), "{message}");
    let manifest: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(out.join("manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["unused_rows"].as_array().unwrap().len(), 1);
    let reason = manifest["unused_rows"][0].to_string();
    for word in words {
        assert!(message.contains(word), "'{word}' is missing: {message}");
        assert!(reason.contains(word), "'{word}' is missing in the manifest: {reason}");
    }
    let strict = throughline().arg("statements").arg(input).arg("--strict").output().unwrap();
    assert_eq!(strict.status.code(), Some(1));
    assert!(strict.stdout.is_empty());
}

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> std::path::PathBuf {
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap();
    path
}

const GOOD: &str = r#"{"id":"good","text":"The bridge opened on Monday. It cost 40 million crowns."}"#;

#[test]
fn an_empty_folder_and_a_missing_file() {
    let folder = tempdir().unwrap();
    fails(folder.path(), 1, &[folder.path().to_str().unwrap()]);
    fails(&folder.path().join("none.jsonl"), 1, &["none.jsonl"]);
}

#[test]
fn a_broken_line_in_the_middle_of_a_file() {
    let folder = tempdir().unwrap();
    skips(&write(folder.path(), "a.jsonl", format!("{GOOD}\n{{\"id\": \"b\", \"text\n")), &["a.jsonl", "2"]);
}

#[test]
fn bytes_that_are_no_utf8() {
    let folder = tempdir().unwrap();
    let broken = [GOOD.as_bytes(), b"\n{\"id\":\"b\",\"text\":\"\xff\xfe broken\"}\n"].concat();
    let file = write(folder.path(), "a.jsonl", broken);
    let output = run([Path::new("statements"), &file]);
    assert!(output.status.success());
    assert!(said(&output).contains("a.jsonl: 1 row not in UTF-8, the first in line 2"), "{}", said(&output));
    assert_eq!(rows([Path::new("statements"), &file]).len(), 3);
}

#[test]
fn an_empty_text_is_told_and_keeps_its_row() {
    let folder = tempdir().unwrap();
    let file = write(folder.path(), "a.jsonl", format!("{GOOD}\n{{\"id\":\"empty\",\"text\":\"  \"}}\n"));
    skips(&file, &["a.jsonl", "2", "empty"]);
    for command in [
        vec!["statements"],
        vec!["quotes"],
        vec!["embed"],
        vec!["duplicates", "--table", "groups"],
        vec!["stories"],
        vec!["themes"],
        vec!["narratives", "--unit", "row"],
        vec!["narratives"],
    ] {
        let args: Vec<&Path> = command.iter().map(Path::new).chain([file.as_path()]).collect();
        let rows = common::rows(args);
        for id in ["good", "empty"] {
            let of = rows.iter().filter(|row| row["id"] == id || row["article_id"] == id).count();
            assert!(of > 0, "{command:?} has no row for {id}");
        }
    }
}

#[test]
fn one_id_for_two_texts_names_both_places() {
    let folder = tempdir().unwrap();
    let other = GOOD.replace("40 million", "50 million");
    fails(&write(folder.path(), "a.jsonl", format!("{GOOD}\n{other}\n")), 1, &["good", "a.jsonl", "1", "2"]);
}

#[test]
fn a_text_over_the_limit_names_the_option() {
    let folder = tempdir().unwrap();
    let long = "A sentence of a very long text. ".repeat(50_000_000 / 32 + 1);
    let line = format!("{{\"id\":\"long\",\"text\":\"{long}\"}}");
    skips(&write(folder.path(), "a.jsonl", format!("{GOOD}\n{line}\n")), &["a.jsonl", "2", "max-text-bytes"]);
}

#[cfg(unix)]
#[test]
fn a_file_without_permission() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempdir().unwrap();
    let file = write(folder.path(), "a.jsonl", GOOD);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&file).is_ok() {
        return; // the superuser may read everything
    }
    fails(&file, 4, &["a.jsonl", "permission"]);
}

#[test]
fn an_output_folder_that_exists_stays_as_it_was() {
    let folder = tempdir().unwrap();
    let input = write(folder.path(), "a.jsonl", GOOD);
    let out = folder.path().join("mine");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("letter.txt"), "dear").unwrap();
    for extra in [None, Some("--overwrite")] {
        let output =
            throughline().arg("run").arg(&input).arg("--out").arg(&out).args(extra).output().unwrap();
        assert_ne!(output.status.code(), Some(0), "somebody's folder was replaced");
        assert!(said(&output).contains("mine"), "{}", said(&output));
        assert_eq!(fs::read_to_string(out.join("letter.txt")).unwrap(), "dear");
        assert_eq!(fs::read_dir(&out).unwrap().count(), 1);
    }
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "something was left behind: {left:?}");
}

#[test]
fn the_same_run_again_is_done_and_another_is_replaced_only_when_asked_for() {
    let folder = tempdir().unwrap();
    let input = write(folder.path(), "a.jsonl", GOOD);
    let out = folder.path().join("run");
    let run = |extra: &[&str]| {
        throughline().arg("run").arg(&input).arg("--out").arg(&out).args(extra).output().unwrap()
    };
    let manifest = || fs::read(out.join("manifest.json")).unwrap();
    assert!(run(&[]).status.success());
    let first = manifest();

    let again = run(&[]);
    assert_eq!(again.status.code(), Some(0), "{}", said(&again));
    assert!(
        said(&again).contains("there already") && said(&again).contains("--overwrite"),
        "{}",
        said(&again)
    );
    assert!(manifest() == first, "the run was made again, or touched");

    let other_option = run(&["--count", "1"]);
    fs::write(&input, GOOD.replace("40 million", "50 million")).unwrap();
    let other_input = run(&[]);
    for other in [other_option, other_input] {
        assert_eq!(other.status.code(), Some(1), "{}", said(&other));
        assert!(said(&other).contains("--overwrite"), "{}", said(&other));
        assert!(manifest() == first);
    }
    assert!(run(&["--overwrite"]).status.success());
    assert!(manifest() != first);

    for query in ["", " ?! "] {
        let output = throughline().arg("similar").arg(&out).arg(query).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "'{query}' gave {:?}", output.stdout);
        assert!(output.stdout.is_empty() && said(&output).contains("word"), "{}", said(&output));
    }
}

/// Names in a folder, hidden ones too.
#[cfg(unix)]
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_nothing_and_a_killed_one_is_cleared_by_the_next() {
    use std::os::unix::process::ExitStatusExt;
    let folder = tempdir().unwrap();
    let runs = folder.path().join("runs");
    let out = runs.join("news");
    // A run of some seconds, that is stopped as soon as its hidden folder is there.
    let text: String = (0..3000).map(|i| format!("The council of ward {i} met on day {}. ", i * 7)).collect();
    let input = write(folder.path(), "a.txt", text);
    for (signal, left) in [("TERM", 0), ("INT", 0), ("KILL", 1)] {
        let mut child =
            throughline().arg("run").arg(&input).arg("--out").arg(&out).arg("--quiet").spawn().unwrap();
        while fs::read_dir(&runs).map_or(0, Iterator::count) == 0 {
            assert!(child.try_wait().unwrap().is_none(), "the run ended before it was stopped");
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        // Its lock is taken right after the folder is made.
        std::thread::sleep(std::time::Duration::from_millis(50));
        let sent = std::process::Command::new("kill").args(["-s", signal, &child.id().to_string()]).status();
        assert!(sent.unwrap().success());
        assert!(child.wait().unwrap().signal().is_some(), "{signal} did not end the run as a signal does");
        assert_eq!(names(&runs).len(), left, "after {signal}: {:?}", names(&runs));
    }
    let small = write(folder.path(), "b.jsonl", GOOD);
    assert!(throughline().arg("run").arg(&small).arg("--out").arg(&out).output().unwrap().status.success());
    assert_eq!(names(&runs), ["news"]);
}

#[test]
fn progress_as_json_tells_stage_done_total_seconds_and_eta() {
    let folder = tempdir().unwrap();
    let text: String = (0..1500).map(|i| format!("The council of ward {i} met on day {}. ", i * 7)).collect();
    let input = write(folder.path(), "a.txt", text);
    let out = folder.path().join("run");
    let output = throughline()
        .arg("run")
        .arg(&input)
        .arg("--out")
        .arg(&out)
        .args(["--progress", "json"])
        .output()
        .unwrap();
    assert!(output.status.success() && output.stdout.is_empty());
    let events = common::lines(&output.stderr);
    let of = |event: &str| events.iter().filter(|e| e["event"] == event).collect::<Vec<_>>();
    for event in of("started").into_iter().chain(of("progress")).chain(of("finished")) {
        for key in ["stage", "done", "total", "seconds", "eta"] {
            assert!(event.get(key).is_some(), "{key} is missing in {event}");
        }
    }
    let finished = of("finished");
    let stage =
        |name: &str| finished.iter().find(|e| e["stage"] == name).unwrap_or_else(|| panic!("no {name}"));
    assert_eq!(stage("statement vectors")["done"], stage("statement vectors")["total"]);
    assert_eq!(stage("themes")["eta"], 0.0);
    assert_eq!(of("started").len(), finished.len());
    // Told beforehand: before the first vector is made.
    let place = |wanted: &dyn Fn(&serde_json::Value) -> bool| events.iter().position(wanted).unwrap();
    let estimate = place(&|e| e["event"] == "estimate");
    assert!(estimate < place(&|e| e["stage"] == "article vectors"));
    assert!(events[estimate]["seconds"].as_f64().unwrap() >= 0.0);
    assert!(events[estimate]["memory_bytes"].as_u64().unwrap() > 50_000_000);
    // A stage that counts nothing says what the estimate gives it.
    let themes = of("started").into_iter().find(|e| e["stage"] == "themes").unwrap();
    assert!(themes["eta"].as_f64().is_some(), "{themes}");
}

#[test]
fn an_output_file_appears_whole_or_not_at_all() {
    let folder = tempdir().unwrap();
    let input = write(folder.path(), "a.jsonl", GOOD);
    let pairs = write(folder.path(), "pairs.jsonl", r#"{"a":"good","b":"nobody"}"#);
    let out = folder.path().join("out.csv");
    let output = throughline()
        .arg("duplicates")
        .arg(&input)
        .arg("--pairs")
        .arg(&pairs)
        .arg("-o")
        .arg(&out)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("nobody"));
    assert!(!out.exists());
}

#[test]
fn a_damaged_model_is_refused() {
    let folder = tempdir().unwrap();
    let input = write(folder.path(), "a.jsonl", GOOD);
    let original = common::top().join("models/all-MiniLM-L6-v2-int8");
    for damage in ["truncated", "tampered", "missing"] {
        let model = folder.path().join(damage);
        fs::create_dir(&model).unwrap();
        for entry in fs::read_dir(&original).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_file() {
                fs::copy(entry.path(), model.join(entry.file_name())).unwrap();
            }
        }
        let weights = model.join("model.safetensors");
        let mut bytes = fs::read(&weights).unwrap();
        match damage {
            "truncated" => fs::write(&weights, &bytes[..bytes.len() / 2]).unwrap(),
            "tampered" => {
                let middle = bytes.len() / 2;
                bytes[middle] ^= 1;
                fs::write(&weights, &bytes).unwrap();
            }
            _ => fs::remove_file(&weights).unwrap(),
        }
        let output = throughline().arg("embed").arg(&input).arg("--model").arg(&model).output().unwrap();
        assert_eq!(output.status.code(), Some(3), "{damage}: {}", said(&output));
        assert!(said(&output).contains("model.safetensors"), "{damage}: {}", said(&output));
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn an_arithmetic_that_the_weights_do_not_allow_is_refused() {
    let folder = tempdir().unwrap();
    let input = write(folder.path(), "a.jsonl", GOOD);
    let output = throughline().arg("embed").arg(&input).args(["--arithmetic", "bf16"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("open the float model"), "{}", said(&output));
    assert!(output.stdout.is_empty());
}

#[test]
fn a_wrong_command_line() {
    let both = vec!["themes", "x", "--count", "3", "--level", "broad"];
    for args in [vec!["statments"], vec!["themes", "x", "--count", "many"], both, vec!["run", "x"], vec![]] {
        assert_eq!(run(&args).status.code(), Some(2), "{args:?}");
    }
    assert_eq!(run(["schema", "statment"]).status.code(), Some(2));
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_success() {
    use std::process::Stdio;
    let mut child = throughline().arg("schema").stdout(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
#[cfg(unix)]
fn output_to_a_link_or_a_device_leaves_it_what_it_is() {
    let folder = tempdir().unwrap();
    let (input, target, link) = (
        write(folder.path(), "a.jsonl", GOOD),
        write(folder.path(), "target.jsonl", "old"),
        folder.path().join("link.jsonl"),
    );
    std::os::unix::fs::symlink(&target, &link).unwrap();
    let device = folder.path().join("device");
    std::os::unix::fs::symlink("/dev/stdout", &device).unwrap();
    let output = |place: &Path| {
        throughline().arg("statements").arg(&input).arg("--output").arg(place).output().unwrap()
    };
    assert!(output(&link).status.success());
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(&target).unwrap().lines().count(), 2);
    let shown = output(&device);
    assert!(shown.status.success(), "{}", said(&shown));
    assert_eq!(shown.stdout, fs::read(&target).unwrap());
    assert!(fs::symlink_metadata(&device).unwrap().is_symlink());
}

#[test]
fn dates_that_cannot_be_read_are_told_and_put_on_no_timeline() {
    let folder = tempdir().unwrap();
    let article = |id: &str, published: &str| {
        format!(
            r#"{{"id":"{id}","published":"{published}","text":"The bridge over the Velm opened on Monday."}}"#
        )
    };
    let file =
        write(folder.path(), "a.jsonl", [article("one", "4/3/2026"), article("two", "yesterday")].join("\n"));
    let out = folder.path().join("run");
    let output = throughline().arg("run").arg(&file).arg("--out").arg(&out).output().unwrap();
    let message = said(&output);
    for words in
        ["1 of 2 articles have no time", "\"4/3/2026\" of one", "\"yesterday\" of two", "--date-format"]
    {
        assert!(message.contains(words), "'{words}' is missing: {message}");
    }
    let found = rows(["export".as_ref(), out.as_os_str(), "narratives".as_ref()]);
    assert_eq!(found.len(), 1);
    assert!(found[0]["first_seen"].is_null() && found[0]["last_seen"].is_null());
}

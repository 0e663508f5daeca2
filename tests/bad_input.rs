//! Bad input: one clear message with file, line and remedy, the documented exit code, nothing half-written.
#![allow(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod common;

use std::fs;
use std::path::Path;

use common::{run, said, throughline};
use tempfile::tempdir;

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
    skips(&write(folder.path(), "a.jsonl", broken), &["a.jsonl", "2", "UTF-8"]);
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
fn an_older_run_is_replaced_only_when_asked_for() {
    let folder = tempdir().unwrap();
    let input = write(folder.path(), "a.jsonl", GOOD);
    let out = folder.path().join("run");
    let run = |extra: &[&str]| {
        throughline().arg("run").arg(&input).arg("--out").arg(&out).args(extra).output().unwrap()
    };
    assert!(run(&[]).status.success());
    let second = run(&[]);
    assert_ne!(second.status.code(), Some(0));
    assert!(said(&second).contains("--overwrite"), "{}", said(&second));
    assert!(run(&["--overwrite"]).status.success());
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
fn a_wrong_command_line() {
    for args in [vec!["statments"], vec!["themes", "x", "--count", "many"], vec!["run", "x"], vec![]] {
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

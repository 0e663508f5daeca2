//! One file to drafts.

use std::fs::File;
use std::io::{self, Read};

use throughline_schema::SourceFrom;
use throughline_schema::manifest::InputFile;

use super::discover::Source;
use super::front_matter::front_matter;
use super::html::Page;
use super::row::{Draft, Rows};
use super::source::{Meter, explain, unpack};
use super::table::{TableFile, Told};
use super::{ReadOptions, encoding, first_line, html};
use crate::cause::Cause;
use crate::error::{TabularError, Unused};
use crate::format::{InputFormat, Packing};
use crate::remark::Remark;

/// What one file holds.
pub(crate) struct FileRows {
    pub input: InputFile,
    pub drafts: Vec<Draft>,
    pub unused: Vec<Unused>,
    pub remarks: Vec<Remark>,
    /// Its name, where that is not of the form that was said.
    pub misnamed: Option<String>,
}

/// What a reader of one kind finds.
#[derive(Default)]
pub(crate) struct Content {
    pub drafts: Vec<Draft>,
    pub unused: Vec<Unused>,
    pub remarks: Vec<Remark>,
}

impl Content {
    pub(crate) fn push(&mut self, row: Result<Draft, Unused>) {
        match row {
            Ok(draft) => self.drafts.push(draft),
            Err(unused) => self.unused.push(unused),
        }
    }
}

/// How many bytes a line or a record may have for each byte of the longest text: JSON writes a Cyrillic
/// letter of two bytes as `\u0430`, and other fields come on top.
const ESCAPED: usize = 4;

pub(crate) fn read_file(source: &Source, options: &ReadOptions) -> Result<FileRows, TabularError> {
    let file = File::open(&source.path).map_err(|e| TabularError::read(&source.path, e))?;
    read(source, file, options)
}

pub(crate) fn read_stdin(
    source: &Source,
    stdin: impl Read + Send,
    options: &ReadOptions,
) -> Result<FileRows, TabularError> {
    read(source, stdin, options)
}

fn read(source: &Source, stored: impl Read + Send, options: &ReadOptions) -> Result<FileRows, TabularError> {
    let mut meter = Meter::new(stored);
    let (reader, packing) = unpack(&mut meter, source.packing, options.max_file_bytes)
        .map_err(|e| explain(&source.path, source.packing, e))?;
    let content = read_content(source, reader, packing, options)?;
    let (bytes, blake3) = meter.finish().map_err(|e| TabularError::read(&source.path, e))?;

    let Content { mut drafts, mut unused, remarks } = content;
    let misnamed = name_drafts(&mut drafts, source, options);
    if drafts.is_empty() && unused.is_empty() {
        unused.push(Unused { file: source.label.clone(), line: None, id: None, cause: Cause::NoRow });
    }
    let input = InputFile { path: source.label.clone(), bytes, blake3, articles: drafts.len() as u64 };
    Ok(FileRows { input, drafts, unused, remarks, misnamed })
}

/// Gives the articles of a file what its path says, as far as the file itself does not say it; returns the name of a file
/// that is not of the form.
fn name_drafts(drafts: &mut [Draft], source: &Source, options: &ReadOptions) -> Option<String> {
    let names = options.file_names.as_ref().filter(|_| !source.is_stdin() && !source.of_run)?;
    let Some(found) = names.read(&source.path) else { return Some(source.label.clone()) };
    for draft in drafts {
        let article = &mut draft.article;
        for (field, value) in &found {
            let given = match field.as_str() {
                "source" => {
                    // The folder that the user named for the outlet says it better than the page.
                    if matches!(article.source_from, None | Some(SourceFrom::Page)) {
                        article.source = Some(value.clone());
                        article.source_from = Some(SourceFrom::FileName);
                    }
                    continue;
                }
                "title" => &mut article.title,
                "published" => &mut article.published,
                "url" => &mut article.url,
                "lang" => &mut article.lang,
                other => {
                    article.extra.entry(other).or_insert_with(|| value.clone().into());
                    continue;
                }
            };
            given.get_or_insert_with(|| value.clone());
        }
        if draft.title_is_first_line
            && let Some((_, title)) = found.iter().find(|(field, _)| field == "title")
        {
            article.title = Some(title.clone());
        }
        article.extra.sort_keys();
    }
    None
}

fn read_content(
    source: &Source,
    reader: Box<dyn Read + Send + '_>,
    packing: Packing,
    options: &ReadOptions,
) -> Result<Content, TabularError> {
    let rows =
        Rows { label: &source.label, max_text_bytes: options.max_text_bytes, columns: &options.columns };
    let failed = |error: io::Error| explain(&source.path, packing, error);
    let mut content = Content::default();
    match source.kind {
        InputFormat::Text | InputFormat::Markdown | InputFormat::Html => {
            document(source.kind, reader, &rows, &mut content).map_err(failed)?;
        }
        kind => {
            let max_record = options.max_text_bytes.saturating_mul(ESCAPED);
            let max_file = options.max_file_bytes;
            let file = TableFile { path: &source.path, packing, reader, max_record, max_file };
            let row = |line, fields| match source.of_run {
                true => rows.draft_of_run(line, fields),
                false => rows.draft(line, fields),
            };
            let mut told = Told::new(&source.label);
            let read = file.rows(kind, &row, &mut told)?;
            read.into_iter().for_each(|row| content.push(row));
            content.remarks.extend(told.finish());
        }
    }
    Ok(content)
}

/// A file that is one article.
fn document(kind: InputFormat, reader: impl Read, rows: &Rows<'_>, content: &mut Content) -> io::Result<()> {
    // UTF-16 and markup take more bytes than the text they hold.
    let most = rows.max_text_bytes.saturating_mul(2);
    let mut bytes = Vec::new();
    reader.take(most as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > most {
        content.unused.push(rows.unused(None, None, rows.too_long(most, true)));
        return Ok(());
    }
    match article(kind, bytes, rows, content) {
        Ok(draft) => content.drafts.push(draft),
        Err(cause) => content.unused.push(rows.unused(None, None, cause)),
    }
    Ok(())
}

/// The article of a file.
fn article(
    kind: InputFormat,
    bytes: Vec<u8>,
    rows: &Rows<'_>,
    content: &mut Content,
) -> Result<Draft, Cause> {
    let label = if kind == InputFormat::Html { html::declared_encoding(&bytes) } else { None };
    let decoded = encoding::decode(bytes, label)?;
    let page = match kind {
        InputFormat::Html => html::page(&decoded.text)?,
        _ => Page { text: decoded.text, ..Page::default() },
    };
    if page.text.len() > rows.max_text_bytes {
        return Err(rows.too_long(page.text.len(), false));
    }
    let file = rows.label;
    content
        .remarks
        .extend(decoded.warning.map(|problem| Remark::Encoding { file: file.to_owned(), problem }));

    let mut draft = Draft::of_text(page.text, rows.file());
    let article = &mut draft.article;
    article.title = page.title;
    article.url = page.url;
    article.source = page.source;
    article.published = page.published;
    article.lang = page.lang;
    let extra = [("author", page.author), ("encoding", decoded.encoding)];
    article.extra.extend(extra.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?.into()))));
    if page.paid {
        article.extra.insert("accessible_for_free".to_owned(), false.into());
    }
    article.extra.sort_keys();
    if kind == InputFormat::Markdown {
        for (key, value) in front_matter(&article.text) {
            match key.as_str() {
                "id" => draft.id = Some(value),
                "title" => article.title = Some(value),
                "url" | "link" => article.url = Some(value),
                "source" | "outlet" => article.source = Some(value),
                "published" | "date" => article.published = Some(value),
                "lang" | "language" => article.lang = Some(value),
                _ => drop(article.extra.insert(key, value.into())),
            }
        }
        article.extra.sort_keys();
    }
    if article.source.is_some() {
        let of_page = kind == InputFormat::Html;
        article.source_from = Some(if of_page { SourceFrom::Page } else { SourceFrom::Given });
    }
    if article.title.is_none() {
        article.title = match kind {
            InputFormat::Markdown => first_line::heading(&article.text),
            InputFormat::Text => first_line::headline(&article.text),
            _ => None,
        };
        draft.title_is_first_line = article.title.is_some();
    }
    Ok(draft)
}

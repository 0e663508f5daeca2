//! What the options mean: the corpus read, the model opened, threads set, results written.

use std::cell::{Cell, OnceCell};
use std::path::PathBuf;

use throughline_embedding::{CachedEncoder, Encoder, Options, VectorCache};
use throughline_pipeline::{
    Event, Input, Languages, Reporter, Stage, Texts, Units, Warning, read_input, uncalibrated,
};
use throughline_schema::Article;
use throughline_tabular::{Corpus, Remark};

use crate::args::{Arithmetic, Common, Engine, Reading};
use crate::boilerplate_file::{self, BoilerplateFile};
use crate::failure::BadUsage;
use crate::model_folders::{AUTO, DEFAULT, MULTILINGUAL};
use crate::progress::Teller;
use crate::{model_folders, remedy, system};

/// Articles with what tokenisation finds in them.
pub struct Read {
    /// The articles.
    pub corpus: Corpus,
    /// Their texts taken apart.
    pub texts: Texts,
}

/// What every command works with.
pub struct Context {
    /// The common options.
    pub common: Common,
    /// Where progress and warnings go.
    pub teller: Teller,
    /// Whether it was said that the model is not calibrated.
    warned: Cell<bool>,
    /// The model that `auto` stands for here.
    choice: OnceCell<ModelChoice>,
}

/// A model, and why it was taken.
#[derive(Clone)]
pub struct ModelChoice {
    /// Name or folder.
    pub model: String,
    /// None where it was named.
    pub reason: Option<String>,
}

impl Context {
    /// Sets up threads and progress.
    pub fn new(common: Common) -> anyhow::Result<Self> {
        rayon::ThreadPoolBuilder::new().num_threads(common.threads).build_global()?;
        let teller = Teller::new(common.progress, common.quiet);
        Ok(Self { common, teller, warned: Cell::new(false), choice: OnceCell::new() })
    }

    /// The articles of `inputs`.
    pub fn corpus(&self, inputs: &[PathBuf], reading: &Reading) -> anyhow::Result<Corpus> {
        Ok(self.input(inputs, reading)?.corpus)
    }

    /// The articles of `inputs` with what is to be known of them, which is told here; rows that can't be used are
    /// counted on standard error.
    pub fn input(&self, inputs: &[PathBuf], reading: &Reading) -> anyhow::Result<Input> {
        let options = reading.options()?;
        let stage = Stage::begin(&self.teller, "reading", None);
        let input = read_input(inputs, std::io::stdin(), &options, reading.date_format.as_ref())?;
        drop(stage);
        let corpus = &input.corpus;
        if let Some(first) = corpus.unused_rows.first() {
            let line = first.line.map(|line| format!(" line {line}")).unwrap_or_default();
            let rows = corpus.unused_rows.len();
            let text = format!(
                "{rows} {} of the input {} not used or gave nothing; the first: {}{line}: {}",
                if rows == 1 { "row" } else { "rows" },
                if rows == 1 { "was" } else { "were" },
                first.file,
                remedy::reason(first)
            );
            self.teller.warn(&text);
        }
        for warning in &input.warnings {
            match warning {
                // A choice, and nothing that went wrong.
                Warning::Reading(Remark::ColumnTaken { .. }) => self.teller.note(&remedy::warning(warning)),
                other => self.teller.report(Event::Warning(other.clone())),
            }
        }
        Ok(input)
    }

    /// The model that was asked for or that these articles need, on the engine that was asked for, behind the vector cache.
    pub fn encoder(&self, articles: &[Article]) -> anyhow::Result<Box<dyn Encoder>> {
        self.encoder_of(&self.model(articles).model)
    }

    /// The model that was asked for, or that these articles need.
    pub fn model(&self, articles: &[Article]) -> ModelChoice {
        let named = || ModelChoice { model: self.common.model.clone(), reason: None };
        if self.common.model != AUTO {
            named()
        } else {
            self.choice.get_or_init(|| self.choose(articles)).clone()
        }
    }

    fn choose(&self, articles: &[Article]) -> ModelChoice {
        let languages = Languages::of(articles);
        let mut model = DEFAULT;
        if languages.are_several() {
            match model_folders::find(MULTILINGUAL) {
                Ok(_) => model = MULTILINGUAL,
                Err(_) => self.teller.warn(&format!(
                    "{}, and this program was built without {MULTILINGUAL}: {DEFAULT} reads English alone",
                    languages.reason()
                )),
            }
        }
        ModelChoice { model: model.to_owned(), reason: Some(languages.reason()) }
    }

    /// The same for a model by its name or folder.
    pub fn encoder_of(&self, model: &str) -> anyhow::Result<Box<dyn Encoder>> {
        let options = self.options();
        let encoder = match self.common.engine {
            Engine::Native => model_folders::native(model, &options),
            Engine::RustBert => match options.arithmetic {
                None | Some(throughline_embedding::Arithmetic::F32) => rust_bert(model, &options),
                Some(_) => {
                    Err(BadUsage("rust-bert computes in f32: leave --arithmetic out".to_owned()).into())
                }
            },
        }?;
        Ok(self.cached(encoder))
    }

    /// The same for stages with decision lines; a model without calibration is told.
    pub fn comparing_encoder(&self, articles: &[Article]) -> anyhow::Result<Box<dyn Encoder>> {
        let encoder = self.encoder(articles)?;
        if let Some(warning) = uncalibrated(encoder.as_ref()).filter(|_| !self.warned.replace(true)) {
            self.teller.report(Event::Warning(warning));
        }
        Ok(encoder)
    }

    /// Puts the vector cache before an encoder, where it can be used and is worth it.
    fn cached(&self, encoder: Box<dyn Encoder>) -> Box<dyn Encoder> {
        let Some(folder) = self.cache_folder().filter(|_| encoder.is_worth_caching()) else { return encoder };
        let note = self.teller.notes();
        match VectorCache::open(&folder, self.common.cache_bytes) {
            Ok((cache, trouble)) => {
                if let Some(trouble) = trouble {
                    note(&format!("{trouble}; a new one is begun"));
                }
                Box::new(CachedEncoder::new(encoder, cache, move |trouble| {
                    note(&format!("{trouble}; going on without it"));
                }))
            }
            Err(trouble) => {
                note(&format!("{trouble}; going on without it"));
                encoder
            }
        }
    }

    /// Where the vector cache is; none where it is off.
    pub fn cache_folder(&self) -> Option<PathBuf> {
        if self.common.no_cache {
            return None;
        }
        self.common.cache.clone().or_else(system::cache_folder)
    }

    /// How to open a model on the native engine.
    fn options(&self) -> Options {
        let arithmetic = self.common.arithmetic.map(|arithmetic| match arithmetic {
            Arithmetic::F32 => throughline_embedding::Arithmetic::F32,
            Arithmetic::Bf16 => throughline_embedding::Arithmetic::Bf16,
            Arithmetic::Int8 => throughline_embedding::Arithmetic::Int8,
        });
        Options { arithmetic, prompt: self.common.prompt.clone(), ..Options::default() }
    }

    /// Articles read and taken apart.
    pub fn read(&self, inputs: &[PathBuf], reading: &Reading) -> anyhow::Result<Read> {
        let corpus = self.corpus(inputs, reading)?;
        let texts = Texts::read_with(&corpus.articles, &boilerplate(reading)?.listed, &self.teller);
        Ok(Read { corpus, texts })
    }

    /// Articles read and made comparable, each as a whole.
    pub fn article_units(&self, inputs: &[PathBuf], reading: &Reading) -> anyhow::Result<(Read, Units)> {
        let read = self.read(inputs, reading)?;
        let units = Units::articles(
            &read.corpus.articles,
            &read.texts,
            self.comparing_encoder(&read.corpus.articles)?.as_ref(),
            &self.teller,
        )?;
        Ok((read, units))
    }

    /// The statements of articles made comparable.
    pub fn statement_units(&self, read: &Read) -> anyhow::Result<Units> {
        let encoder = self.comparing_encoder(&read.corpus.articles)?;
        Ok(Units::statements(&read.texts, encoder.as_ref(), &self.teller)?)
    }

    /// Threads in use.
    pub fn threads(&self) -> u32 {
        rayon::current_num_threads() as u32
    }
}

/// The lines that the reader listed as boilerplate or as content.
pub fn boilerplate(reading: &Reading) -> anyhow::Result<BoilerplateFile> {
    reading.boilerplate.as_deref().map_or_else(|| Ok(BoilerplateFile::default()), boilerplate_file::read)
}

#[cfg(feature = "rust-bert")]
fn rust_bert(model: &str, options: &Options) -> anyhow::Result<Box<dyn Encoder>> {
    let model_folders::Place::Folder(folder) = model_folders::find(model)? else {
        return Err(BadUsage(format!(
            "the embedded model {model} has int8 weights, which rust-bert does not run: name a folder with float weights with --model"
        ))
        .into());
    };
    Ok(Box::new(throughline_embedding_rust_bert::RustBertEncoder::open_with(&folder, options)?))
}

#[cfg(not(feature = "rust-bert"))]
fn rust_bert(_: &str, _: &Options) -> anyhow::Result<Box<dyn Encoder>> {
    let remedy = "this program was built without rust-bert: build it with 'cargo build --release --features rust-bert'";
    Err(BadUsage(format!("{remedy} after 'just libtorch', or use --engine native")).into())
}

//! Findings on their way out: how they are to look here, and the page beside them.

use std::path::Path;

use super::{Context, Error};
use crate::report::{Colour, Form, Format, Look, Report, uri};
use crate::terminal::{Paint, add_to_page};

/// Where GitHub Actions takes a job's summary from.
const PAGE: &str = "GITHUB_STEP_SUMMARY";

/// A format's name on the command line.
pub(super) fn format(name: &str) -> Result<&'static Format, String> {
    crate::report::format(name).ok_or_else(|| {
        let names: Vec<&str> = crate::report::FORMATS.iter().map(|format| format.name).collect();
        format!("there are: {}", names.join(", "))
    })
}

/// Writes `report` to standard output in `format`, with links to its files where they lie in a folder, `root`, and adds its summary to the job's page
/// where the format has one and the job names a file for it.
pub(super) fn write(
    report: &Report<'_>,
    format: &'static Format,
    root: Option<&Path>,
    context: &mut Context,
) -> Result<(), Error> {
    let settings = context.terminal.settings();
    let links = root.filter(|_| settings.links && settings.color_out == Paint::Styled).map(address);
    let look = Look {
        colour: if settings.color_out == Paint::Styled { Colour::On } else { Colour::Off },
        width: context.terminal.width(),
        form: if settings.listens { Form::Spoken } else { Form::Drawn },
        links: links.as_deref(),
    };
    (format.write)(report, look, context.terminal.out())?;
    if let (Some(summary), Some(page)) = (format.summary, context.environment.variables.raw(PAGE)) {
        let mut text = Vec::new();
        summary(report, &mut text)?;
        add_to_page(Path::new(page), &text)?;
    }
    Ok(())
}

/// Adds Markdown to the job's page, where the job names a file for it.
pub(super) fn add_to_summary(context: &Context, text: &str) -> Result<(), Error> {
    if let Some(page) = context.environment.variables.raw(PAGE) {
        add_to_page(Path::new(page), format!("{text}\n").as_bytes())?;
    }
    Ok(())
}

/// A folder's address.
fn address(folder: &Path) -> String {
    let path = folder.to_string_lossy();
    let path = path.trim_start_matches(r"\\?\").replace('\\', "/");
    let address = uri(path.trim_matches('/'));
    // The letter of a drive keeps its colon.
    let address = if cfg!(windows) { address.replacen("%3A", ":", 1) } else { address };
    format!("file:///{address}")
}

//! Scenarios as the suite writes them.

/// One scenario.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scenario {
    /// What it is called.
    pub name: String,
    /// What is done, as written.
    pub step: String,
    /// The folder below `fixtures` that it is about; none when it is about something else than findings.
    pub place: Option<String>,
    /// The files that are looked at; all without one.
    pub named: Vec<String>,
    /// Files that the scenario brings itself.
    pub files: Vec<(String, Vec<u8>)>,
    /// The file with the settings, below `fixtures`, where it is not in the folder.
    pub settings_at: Option<String>,
    /// Settings that it brings itself.
    pub settings: Option<String>,
    /// What should be found.
    pub expected: Vec<String>,
    /// Whether that is all.
    pub exactly: bool,
}

/// The scenarios of one file.
pub(crate) fn read(text: &str) -> Vec<Scenario> {
    let mut scenarios: Vec<Scenario> = Vec::new();
    let mut background = Scenario::default();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let step = line.trim();
        if step.starts_with('#') {
            continue;
        }
        if let Some(name) = step.strip_prefix("Scenario:") {
            scenarios.push(Scenario { name: name.trim().to_owned(), ..background.clone() });
            continue;
        }
        let scenario = scenarios.last_mut().unwrap_or(&mut background);
        if let Some(file) = between(step, "a file named \"", "\"") {
            let text = quoted(&mut lines);
            if ["_vale", ".vale", ".vale.ini"].contains(&file) {
                scenario.settings = Some(text);
            } else {
                scenario.files.push((file.to_owned(), text.into_bytes()));
            }
        } else if step.starts_with("When ") {
            scenario.step = step.to_owned();
            act(scenario, step);
        } else if step.contains("the output should contain") {
            scenario.exactly = step.contains("exactly");
            scenario.expected = quoted(&mut lines).lines().map(str::to_owned).collect();
        }
    }
    scenarios
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    text.split_once(before)?.1.split_once(after).map(|(inner, _)| inner)
}

/// What stands between two lines of three quotation marks, without what all its lines are set in by.
fn quoted<'a>(lines: &mut std::iter::Peekable<impl Iterator<Item = &'a str>>) -> String {
    let Some(first) = lines.next() else { return String::new() };
    let indent = first.len() - first.trim_start().len();
    let inner = lines.take_while(|line| line.trim() != "\"\"\"");
    let inner: Vec<&str> = inner.map(|line| line.get(indent..).unwrap_or_default()).collect();
    inner.join("\n")
}

fn act(scenario: &mut Scenario, step: &str) {
    let given = between(step, "\"", "\"").unwrap_or_default().to_owned();
    let files = || given.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let (place, named) = if step.contains("I test scope") {
        (format!("scopes/{given}"), Vec::new())
    } else if step.contains("I test comments for") {
        ("comments".to_owned(), vec![format!("test{given}")])
    } else if step.contains("I test patterns for") {
        ("patterns".to_owned(), files())
    } else if step.contains("I apply style") {
        (format!("styles/{given}"), Vec::new())
    } else if step.contains("I use Vocab") {
        (format!("vocab/{given}"), Vec::new())
    } else if step.contains("I lint \"") {
        ("formats".to_owned(), files())
    } else if step.contains("I lint with config") {
        scenario.settings_at = Some(given.trim_start_matches("../").trim_start_matches("fixtures/").to_owned());
        scenario.settings = None;
        ("formats".to_owned(), vec!["test.md".to_owned()])
    } else if step.contains("I lint path \"") {
        (format!("formats/{given}"), Vec::new())
    } else if step.contains("I run vale \"") && scenario.settings.is_some() {
        ("formats".to_owned(), if given == "." { Vec::new() } else { files() })
    } else if step.contains("I test \"") && !given.contains("..") {
        (given, Vec::new())
    } else {
        return;
    };
    scenario.place = Some(place);
    scenario.named = named;
    if scenario.settings.is_none() {
        scenario.files.clear();
    }
}

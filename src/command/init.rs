//! `desk init`: found a newsroom, or join one.

use std::path::PathBuf;

use super::{Context, Error, Outcome, identity, words};
use crate::article::RepoPath;
use crate::config::{Generator, Person, Profile, Role};
use crate::newsroom::{Founded, Made, Newsroom, Plan, Survey, Yaml};
use crate::terminal::{Answer, Choice, Question, printable};

/// Found a newsroom in this folder, or join one by its address
///
/// Asks at most five questions, each of which has a flag. What it writes is committed at once: desk.toml (how the
/// newsroom works), staff.toml (who is who) and schemas/ (what each kind of article needs), and a .gitignore for the built pages where there is none. Articles that git keeps
/// here already, of Hugo, of Zola or plain Markdown, are taken in as they are: none is touched. Of YAML front matter
/// desk can change nothing until it is TOML, which --convert makes of it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  $ desk init --name \"Port Alder Post\" --profile pair --staff \"Jun Seo <jun@post.example>:editorial\"
  $ desk init --articles content/posts --convert
  $ desk init https://git.example/post.git")]
pub struct Args {
    /// The address of a newsroom to join
    #[arg(value_name = "URL")]
    url: Option<String>,
    /// The folder to join it in; named by its address otherwise
    #[arg(value_name = "FOLDER", requires = "url")]
    folder: Option<PathBuf>,
    /// What readers call it
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// How many people it takes: solo, pair or newsroom
    #[arg(long, value_name = "PROFILE", value_parser = str::parse::<Profile>)]
    profile: Option<Profile>,
    /// The folder of its articles
    #[arg(long, value_name = "DIR")]
    articles: Option<String>,
    /// Who works here beside you, with their roles; repeat it for each
    #[arg(long, value_name = "NAME <ADDRESS>:ROLE,ROLE", value_parser = person)]
    staff: Vec<Person>,
    /// Where readers find it
    #[arg(long, value_name = "ADDRESS")]
    site: Option<String>,
    /// Its time zone, such as Asia/Seoul
    #[arg(long, value_name = "ZONE")]
    timezone: Option<String>,
    /// The language of its articles; `en` where nothing else is known
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,
    /// The sections that an article may be in, with commas; any otherwise
    #[arg(long, value_name = "SECTIONS", value_delimiter = ',')]
    sections: Vec<String>,
    /// Turn the YAML front matter of articles that are here into TOML
    #[arg(long)]
    convert: bool,
}

fn person(text: &str) -> Result<Person, String> {
    let form = "write it as \"Name <address>:role,role\"";
    let (who, roles) = match text.rsplit_once(">:") {
        Some((who, roles)) => (who, roles),
        None => (text.strip_suffix('>').ok_or(form)?, ""),
    };
    let (name, address) = who.split_once('<').ok_or(form)?;
    let (name, address) = (name.trim(), address.trim());
    if name.is_empty() || !address.contains('@') {
        return Err(form.to_owned());
    }
    let roles = roles.split(',').map(str::trim).filter(|role| !role.is_empty());
    Ok(Person {
        name: name.to_owned(),
        addresses: vec![address.to_owned()],
        roles: roles.map(|role| Role::new(role).map_err(|invalid| invalid.to_string())).collect::<Result<_, _>>()?,
        keys: Vec::new(),
        forges: std::collections::BTreeMap::new(),
    })
}

pub(super) fn run(args: Args, context: &mut Context) -> Result<Outcome, Error> {
    match &args.url {
        Some(url) => join(context, url, args.folder.clone()),
        None => found(context, args),
    }
}

fn join(context: &mut Context, url: &str, folder: Option<PathBuf>) -> Result<Outcome, Error> {
    let named = url.trim_end_matches('/').rsplit(['/', ':']).next().unwrap_or("newsroom");
    let folder = folder.unwrap_or_else(|| PathBuf::from(named.trim_end_matches(".git")));
    let newsroom = Newsroom::join(&context.setting(), url, &folder)?;
    context.terminal.say(format!("Joined {} in {}", printable(&newsroom.config().newsroom.name), folder.display()));
    if newsroom.person()?.is_none() {
        context.terminal.say("You are not on its staff list yet: ask for an entry in staff.toml.");
    }
    context.terminal.say(format!("What waits for you: cd {} && desk", folder.display()));
    Ok(Outcome::Done)
}

fn found(context: &mut Context, args: Args) -> Result<Outcome, Error> {
    let root = args.articles.map(RepoPath::new).transpose().map_err(|invalid| Error::usage(invalid.to_string()))?;
    let survey = Newsroom::survey(&context.setting(), root.as_ref())?;
    let founder = match Newsroom::known(&context.setting())? {
        None if context.terminal.can_ask() => Some(identity::ask(context)?),
        _ => None,
    };
    let directory = context.directory();
    let folder_name = directory.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let folder_name = survey.title.clone().unwrap_or(folder_name);
    let name = match args.name {
        Some(name) => name,
        None if context.terminal.can_ask() => {
            let question = Question::new("What do readers call it?", "--name NAME").default(&folder_name);
            context.terminal.ask_text(&question)?
        }
        None => folder_name,
    };
    let profile = match args.profile {
        Some(profile) => profile,
        None if context.terminal.can_ask() => {
            let choices = Profile::ALL.map(|one| Choice { name: one.as_str(), about: one.description() });
            Profile::ALL[context.terminal.ask_choice("Who must agree?", "--profile", &choices, 1)?]
        }
        None => return Err(Error::usage("how many people must agree?").help("--profile solo, pair or newsroom")),
    };
    let mut staff = args.staff;
    if staff.is_empty() && profile != Profile::Solo && context.terminal.can_ask() {
        let ask = "Who else works here? Name <address>:role, or nothing";
        let question = Question::new(ask, "--staff").optional();
        let said = context.terminal.ask_text(&question)?;
        if !said.trim().is_empty() {
            staff.push(person(&said).map_err(Error::usage)?);
        }
    }
    let timezone = match args.timezone {
        Some(zone) => zone,
        None => {
            let here = context.own_zone();
            if context.terminal.can_ask() {
                context.terminal.ask_text(&Question::new("Time zone", "--timezone ZONE").default(&here))?
            } else {
                here
            }
        }
    };
    if jiff::tz::TimeZone::get(&timezone).is_err() {
        return Err(Error::usage(format!("`{timezone}` is no time zone")).help("--timezone Asia/Seoul"));
    }
    let yaml = if args.convert { Yaml::Convert } else { ask_yaml(context, &survey)? };
    let language = args.language.or_else(|| survey.language.clone()).unwrap_or_else(|| "en".to_owned());
    let plan =
        Plan { name, profile, root, url: args.site, language, timezone, sections: args.sections, staff, founder, yaml };
    let founded = Newsroom::found(&context.setting(), &plan, survey)?;
    tell(context, &plan, &founded);
    Ok(Outcome::Done)
}

/// Whether YAML is to become TOML: asked only where somebody can answer, and where there is some.
fn ask_yaml(context: &mut Context, survey: &Survey) -> Result<Yaml, Error> {
    if survey.yaml.is_empty() || !context.terminal.can_ask() {
        return Ok(Yaml::Leave);
    }
    let count = words::count(survey.yaml.len(), "article");
    let ask = format!("Turn the YAML front matter of {count} into TOML, so that desk can keep it?");
    Ok(match context.terminal.confirm(&ask, Answer::No)? {
        Answer::Yes => Yaml::Convert,
        Answer::No => Yaml::Leave,
    })
}

fn tell(context: &mut Context, plan: &Plan, founded: &Founded) {
    let survey = &founded.survey;
    if founded.repository == Made::New {
        context.terminal.say("Made this folder a git repository.");
    }
    context.terminal.say(format!("Founded {}: {}", printable(&plan.name), listed(&founded.files)));
    if survey.articles() > 0 {
        let root = survey.root.as_ref().map(|root| format!(" in {root}/")).unwrap_or_default();
        let renders = match survey.generator {
            Generator::Desk => "",
            Generator::Hugo => " (Hugo)",
            Generator::Zola => " (Zola)",
        };
        let count = words::count(survey.articles(), "article");
        let are = if survey.articles() == 1 { "it is" } else { "they are" };
        context.terminal.say(format!("Took in {count}{}{renders} as {are}.", printable(&root)));
    }
    tell_yaml(context, plan.yaml, survey);
    context.terminal.say(match survey.articles() {
        0 => "Begin your first story: desk new \"A headline\"",
        _ => "All articles: desk list. One of them: desk edit NAME",
    });
}

fn tell_yaml(context: &mut Context, choice: Yaml, survey: &Survey) {
    let count = words::count(survey.yaml.len(), "article");
    match choice {
        Yaml::Convert if !survey.yaml.is_empty() => {
            context.terminal.say(format!("Turned the YAML front matter of {count} into TOML."));
        }
        Yaml::Leave if !survey.yaml.is_empty() => {
            context
                .terminal
                .say(format!("The front matter of {count} is YAML: desk shows it, and changes it not yet."));
            context.terminal.say("To turn it into TOML: desk undo && desk init --convert, with the same answers");
        }
        _ => {}
    }
    for finding in &survey.uncertain {
        let path = finding.path.as_deref().unwrap_or_default();
        context.terminal.say(format!("Left {} as it is: {}", printable(path), printable(&finding.message)));
        if let Some(help) = &finding.help {
            context.terminal.say(format!("  {}", printable(help)));
        }
    }
}

fn listed(files: &[RepoPath]) -> String {
    let mut names: Vec<String> = Vec::new();
    for file in files {
        let name = match file.as_str().split_once('/') {
            Some((folder, _)) => format!("{folder}/"),
            None => file.to_string(),
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    words::and(&names)
}

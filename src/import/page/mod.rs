//! A web page: its tree, which parts of it are the story, and the story's blocks as Markdown.

mod blocks;
mod inline;
mod meta;
mod parts;
mod tree;

pub(super) use meta::read;

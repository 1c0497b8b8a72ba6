//! Log entries, their texts, reviews and files.

mod attachment_row;
mod entries;
mod entry_row;
mod files;
mod filter;
mod history;
mod mapper;
mod page;
mod reader;
mod reopenings;
mod repository;
mod review_row;
mod revision_row;
mod surroundings;

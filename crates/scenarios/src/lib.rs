//! The rules as plain text: the files in `features` say in sentences what the product does, and `cargo test` holds the
//! domain to them. They are written for coordinators to read; the steps behind the sentences are in `tests/steps`.
